
rem Has the answer more than one line?
:several
set "$GOT="
for /f "usebackq skip=1 delims=" %%L in ("%$ANSWER%") do set "$GOT=1"
if defined $GOT exit /b 0
goto no
