
rem Remembers that a step is taken back.
:undone
call :changed
if not defined $PLAN del "%$STATE%\%$NOTE%*"
exit /b 0
