
rem Is the wanted text in a line of the answer? Leaves those lines as the answer, for the next text.
rem A find that does not know /i, as that of Wine, ends with 2, and is asked for the very letters.
:mentions
find /i "%$WANT%" <"%$ANSWER%" >"%$SESSION%.lines" 2>nul
if errorlevel 2 find "%$WANT%" <"%$ANSWER%" >"%$SESSION%.lines"
if not errorlevel 1 goto mentions_it
set "$SO="
for %%F in ("%$ANSWER%") do if not %%~zF==0 set "$DIFFERS=1"
exit /b 0
:mentions_it
move /y "%$SESSION%.lines" "%$ANSWER%" >nul
exit /b 0
