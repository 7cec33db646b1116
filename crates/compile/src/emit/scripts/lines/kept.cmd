
rem Ends with 1 if what the step has made is left, because something else uses it.
:kept
if not defined $SO exit /b 0
echo   left alone, because something else uses it
exit /b 1
