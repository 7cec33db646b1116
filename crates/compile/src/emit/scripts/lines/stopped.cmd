
rem A part has failed and has said so.
:stopped
popd
>&2 echo %$SCRIPT% has stopped. What is done stays; run it again once the cause is gone.
del "%$SESSION%.*" >nul 2>&1
exit /b 1
