set "$HERE=%~dp0"
set "$ARGUMENT=%~1"
set "$PLAN="
call :open
if errorlevel 2 exit /b 2
if errorlevel 1 exit /b 0
