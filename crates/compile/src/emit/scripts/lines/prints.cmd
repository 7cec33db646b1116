
rem Is the first line of the answer the wanted one?
:prints
set "$GOT="
set /p $GOT=<"%$ANSWER%"
setlocal EnableDelayedExpansion
if /i "!$GOT!"=="!$WANT!" exit /b 0
endlocal
set "$SO="
if defined $GOT set "$DIFFERS=1"
exit /b 0
