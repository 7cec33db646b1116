
rem Is the first line of the answer the wanted one, which has no quotes?
:prints
set "$GOT="
set /p $GOT=<"%$ANSWER%"
if defined $GOT set "$GOT=%$GOT:"=%"
if /i "%$GOT%"=="%$WANT%" exit /b 0
set "$SO="
if defined $GOT set "$DIFFERS=1"
exit /b 0
