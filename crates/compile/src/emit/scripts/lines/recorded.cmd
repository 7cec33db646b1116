
rem Prints the title of a step that set-up has done. Ends with 1 if it has not.
:recorded
if not exist "%$STATE%\%$NOTE%" exit /b 1
setlocal EnableDelayedExpansion
echo [!$STEP!/!$STEPS!] !$TITLE!
if defined $PLAN exit /b 0
>>"!$LOG!" echo [!$STEP!/!$STEPS!] taken back: !$TITLE!
exit /b 0
