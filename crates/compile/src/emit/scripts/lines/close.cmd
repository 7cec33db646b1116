
rem Says what was changed. A script that another one has called leaves that to it.
:close
if defined $OUTER exit /b 0
if not defined $PLAN if exist "%$STATE%\unfinished" del "%$STATE%\unfinished"
echo.
if not exist "%$CHANGES%" echo There is nothing to do.
if exist "%$CHANGES%" if defined $PLAN echo This would be changed:
if exist "%$CHANGES%" if not defined $PLAN echo This was changed:
if exist "%$CHANGES%" type "%$CHANGES%"
if exist "%$MISSING%" echo This is left to you:
if exist "%$MISSING%" type "%$MISSING%"
del "%$SESSION%.*" >nul 2>&1
exit /b 0
