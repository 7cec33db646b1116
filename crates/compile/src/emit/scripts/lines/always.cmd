
rem Nothing can be asked: the commands are run each time.
:always
if not defined $AGAIN set "$SO="
exit /b 0
