if not defined $PLAN if exist "%$STATE%\*.txt" echo Left alone: steps of an earlier build, and what something else uses, noted in %$STATE%
