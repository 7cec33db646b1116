
rem Sums the answers up. Ends with 0 if the commands are to be run, 1 if the step is done, 2 if it failed.
:answer
if defined $AGAIN goto answer_after
if not defined $SO exit /b 0
echo   already so
exit /b 1
:answer_after
set "$AGAIN="
if defined $DIFFERS set "$REASON=the commands ran, and the result is not what it should be"
if defined $DIFFERS exit /b 2
if not defined $SO echo   done, but the result could not be read back
>"%$STATE%\%$NOTE%" echo %$DIGEST%
exit /b 1
