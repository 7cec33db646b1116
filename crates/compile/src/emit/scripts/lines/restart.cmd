
rem Tells that Windows has to be started again, once for each step that says so.
:restart
echo   Windows has to be started again before this takes effect
setlocal EnableDelayedExpansion
>>"!$MISSING!" echo   !$TITLE!: start Windows again
exit /b 0
