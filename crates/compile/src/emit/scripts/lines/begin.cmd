
rem Prints the title of a step.
:begin
set "$SO=1"
set "$DIFFERS="
set "$COPY=%$STATE%\%$NOTE%."
if defined $AGAIN exit /b 0
setlocal EnableDelayedExpansion
echo [!$STEP!/!$STEPS!] !$TITLE!
if defined $PLAN exit /b 0
>>"!$LOG!" echo [!$STEP!/!$STEPS!] !$TITLE!
exit /b 0
