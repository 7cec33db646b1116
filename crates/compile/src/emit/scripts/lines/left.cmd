if not defined $PLAN if exist "%$STATE%\*.txt" echo Left alone: steps of an earlier build, noted in %$STATE%
