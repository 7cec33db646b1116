
rem Looks at the argument and prepares everything. Ends with 0 to go on, 1 after help, 2 if it cannot begin.
:open
if "%$ARGUMENT%"=="/?" goto help
if /i "%$ARGUMENT%"=="/plan" set "$PLAN=1"
if not "%$ARGUMENT%"=="" if not defined $PLAN goto usage
if defined PROCESSOR_ARCHITEW6432 goto wrong_prompt
set "ERRORLEVEL="
set "NoDefaultCurrentDirectoryInExePath=1"
set "$OUTER=%$SESSION%"
if not defined $SESSION set "$SESSION=%TEMP%\iisc-%RANDOM%-%RANDOM%"
set "$ANSWER=%$SESSION%.answer"
set "$CHANGES=%$SESSION%.changes"
set "$MISSING=%$SESSION%.missing"
set "$ADVICE="
set "$LOG=%$STATE%\install.log"
set "$AGAIN="
set "$REASON="
if defined $PLAN goto open_plan
set "$PASSED="
set "$RUN="
if defined $REMOVES if not exist "%$STATE%\*.txt" exit /b 0
if not exist "%$STATE%\." mkdir "%$STATE%" 2>nul
if not exist "%$STATE%\." goto not_allowed
call :ok
>>"%$LOG%" echo ==== %$SCRIPT% %DATE% %TIME%
if not %ERRORLEVEL%==0 goto not_allowed
>"%$SESSION%.yes" echo y
set $TO_LOG=^>^>"%$LOG%" 2^>^&1
set "$TO_NUL=>nul 2>&1"
set $YES=^<"%$SESSION%.yes"
exit /b 0
:open_plan
set "$PASSED=/plan"
set "$RUN=echo   would run:"
set "$TO_LOG="
set "$TO_NUL="
set "$YES="
:ok
exit /b 0
:help
echo %$ABOUT%
echo.
echo   %$SCRIPT% /plan   shows what it would do, and changes nothing
echo   %$SCRIPT%         does it; run it as an administrator
echo.
echo It ends with 0 if all is well, 1 if a step failed, 2 if it could not begin.
echo It logs to %$STATE%\install.log
exit /b 1
:usage
>&2 echo %$SCRIPT% knows no such argument. Usage: %$SCRIPT% [/plan]
exit /b 2
:wrong_prompt
>&2 echo This is a 32-bit prompt, which sees other folders than IIS does. Run %SystemRoot%\Sysnative\cmd.exe and try again.
exit /b 2
:not_allowed
>&2 echo Cannot write to %$STATE%: run %$SCRIPT% as an administrator.
exit /b 2
