
rem The commands of a step have run: lets it ask again. Ends with 1 if they were only shown.
:again
call :changed
if defined $PLAN exit /b 1
set "$AGAIN=1"
exit /b 0
