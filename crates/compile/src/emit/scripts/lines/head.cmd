rem
rem It ends with 0 if all is well, 1 if a step failed, 2 if it could not begin. Each step asks first whether
rem everything is as it should be already, and is left out then; after its commands it asks again.

