
:failed
setlocal EnableDelayedExpansion
>&2 echo FAILED: !$TITLE!
if defined $REASON >&2 echo   !$REASON!
if defined $ADVICE >&2 echo   What to do: !$ADVICE!
>&2 echo   The log is !$LOG!
if not defined $OUTER del "!$SESSION!.*" >nul 2>&1
if defined $PLAN exit /b 1
>>"!$LOG!" echo FAILED: !$TITLE!
if defined $REASON >>"!$LOG!" echo   !$REASON!
exit /b 1
