
rem Is there no such file, or one with the wanted text in it?
:ours
if not exist "%$FILE%" exit /b 0
find "%$WANT%" <"%$FILE%" >nul
if errorlevel 1 goto no
exit /b 0
