
rem Is the note of this step about the same commands? After them there is no note yet.
:noted
if defined $AGAIN exit /b 0
set "$GOT="
if not exist "%$STATE%\%$NOTE%" goto always
set /p $GOT=<"%$STATE%\%$NOTE%"
if "%$GOT%"=="%$DIGEST%" exit /b 0
goto always
