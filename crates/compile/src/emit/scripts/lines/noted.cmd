
rem Is the note of this step about the same commands? After them there is no note yet.
:noted
if defined $AGAIN exit /b 0
set "$GOT="
if exist "%$STATE%\%$NOTE%" set /p $GOT=<"%$STATE%\%$NOTE%"
if not "%$GOT%"=="%$DIGEST%" set "$SO="
exit /b 0
