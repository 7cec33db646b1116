
rem Prints the title of a step, and whether it was set-up that did it: ends with 1 if not.
:recorded
if not exist "%$STATE%\%$NOTE%" exit /b 1
setlocal EnableDelayedExpansion
echo [!$STEP!/!$STEPS!] !$TITLE!
if not defined $PLAN >>"!$LOG!" echo [!$STEP!/!$STEPS!] undoing !$TITLE!
exit /b 0
