
rem The answer to a question is no.
:no
set "$SO="
set "$DIFFERS=1"
exit /b 0
