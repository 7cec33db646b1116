
rem Can the password be passed on? $QUOTELESS holds it with [quote] for each double quote.
:secret
if "%$QUOTELESS:~-1%"=="\" goto secret_refused
if "%$QUOTELESS:[quote]=%"=="%$QUOTELESS%" exit /b 0
:secret_refused
set "$REASON=the password in %$SECRET% has a double quote in it or a backslash at its end, and cannot be passed on"
exit /b 1

:no_secret
set "$REASON=the environment variable %$SECRET% has to hold the password, and is not set"
goto failed
