
rem Remembers the step for the summary.
:changed
setlocal EnableDelayedExpansion
>>"!$CHANGES!" echo   !$TITLE!
exit /b 0
