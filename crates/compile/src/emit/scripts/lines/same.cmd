
rem Are both files there and the same? Ends with 1 if not. The fc of Wine says so of all files, hence the rest.
:same
if not exist "%$OURS%" exit /b 1
if not exist "%$FILE%" exit /b 1
for %%A in ("%$OURS%") do for %%B in ("%$FILE%") do if not %%~zA==%%~zB exit /b 1
fc /b "%$OURS%" "%$FILE%" >nul 2>&1
if errorlevel 1 exit /b 1
exit /b 0
