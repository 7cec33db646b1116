
rem Ends with 1 if what the step has made is left, because something else uses it. Before the steps in front of it are
rem taken back in earnest, nobody can tell.
:kept
if defined $PLAN echo   unless something else uses it by then:
if defined $PLAN exit /b 0
if not defined $SO exit /b 0
echo   left alone, because something else uses it
exit /b 1
