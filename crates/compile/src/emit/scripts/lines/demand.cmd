
rem Tells what people have to do, if it is not done. Ends with 1 then, unless only the plan is asked for.
:demand
if defined $SO echo   already so
if defined $SO exit /b 0
setlocal EnableDelayedExpansion
echo   missing: !$ADVICE!
>>"!$MISSING!" echo   !$TITLE!: !$ADVICE!
if defined $PLAN exit /b 0
exit /b 1
