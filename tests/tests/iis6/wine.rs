//! The script under Wine, whose Windows Script Host nobody here wrote: its part that changes `fcgiext.ini`.
