
rem What has been changed so far is kept for the next run: what belongs to a change is still to be done.
:failed
setlocal EnableDelayedExpansion
>&2 echo FAILED: !$TITLE!
if defined $REASON >&2 echo   !$REASON!
if defined $ADVICE >&2 echo   What to do: !$ADVICE!
>&2 echo   The log is !$LOG!
if defined $PLAN goto failed_end
>>"!$LOG!" echo FAILED: !$TITLE!
if defined $REASON >>"!$LOG!" echo   !$REASON!
if exist "!$CHANGES!" copy /y "!$CHANGES!" "!$STATE!\unfinished" >nul
:failed_end
if not defined $OUTER del "!$SESSION!.*" >nul 2>&1
exit /b 1
