/* Stands in for the programs that set-up calls: writes down how it was called, and answers as the test says.
 *
 * Built by tests/tests/wine with MinGW and copied under the names of appcmd, icacls, cacls, python and so on, so
 * that Wine's cmd.exe runs it in their place. Its arguments come from the C runtime, as theirs do.
 *
 * IISC_RECORD  file to which each call is appended: a JSON list of the program's name and its arguments
 * IISC_ANSWERS file of lines, fields separated by tabs; a call is its name and arguments with U+001F between them:
 *                run   STEP  INDEX  CALL                 a command of a step
 *                undo  STEP  COUNT  CALL                 a command that takes a step of COUNT commands back, if it is
 *                                                        done; it may be one of those commands too
 *                ask   STEP  COUNT  MEANS  TEXT  CALL    a question about a step of COUNT commands: while it is done
 *                                                        TEXT is printed, else an error; if MEANS is "exit", the exit
 *                                                        code says so too
 * IISC_STATE   file of what was run: "STEP INDEX" or "undo STEP"
 * IISC_FAIL    "STEP INDEX": this command fails
 * IISC_CODE    if set, it does its work all the same, and ends with this code
 * IISC_SILENT  if set, no question prints anything
 *
 * `find` and `fc /b` are here too, as those of Wine 8 are stubs; they do what those of Windows do, and are not
 * written down.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#define FIELDS 6

/* Quoted arguments are not names of files to look for. */
int _dowildcard = 0;

/* The bytes of a text in the script that it came from. Where `chcp` finds no console, as under a test, Wine reads
 * scripts in the OEM code page, in which each byte is a character: the way back gives the bytes, which are UTF-8. */
static char *utf8(const wchar_t *text)
{
    int size = WideCharToMultiByte(CP_OEMCP, 0, text, -1, NULL, 0, NULL, NULL);
    char *bytes = malloc(size);
    WideCharToMultiByte(CP_OEMCP, 0, text, -1, bytes, size, NULL, NULL);
    return bytes;
}

static FILE *opened(const wchar_t *variable, const wchar_t *mode)
{
    const wchar_t *path = _wgetenv(variable);
    return path ? _wfopen(path, mode) : NULL;
}

static char *contents(FILE *file)
{
    size_t size = 0, room = 1 << 20;
    char *text = malloc(room);
    while (file) {
        size_t read = fread(text + size, 1, room - size - 1, file);
        if (read == 0)
            break;
        size += read;
        if (room - size < 2)
            text = realloc(text, room *= 2);
    }
    text[size] = 0;
    return text;
}

static char *contents_of(const wchar_t *variable)
{
    FILE *file = opened(variable, L"rb");
    char *text = contents(file);
    if (file)
        fclose(file);
    return text;
}

/* The program's name as it is known, without folder and extension, in small letters. */
static char *name_of(const wchar_t *path)
{
    const wchar_t *name = path;
    for (const wchar_t *c = path; *c; c++)
        if (*c == '\\' || *c == '/')
            name = c + 1;
    char *text = utf8(name);
    for (char *c = text; *c; c++)
        *c = *c == '.' ? 0 : (*c >= 'A' && *c <= 'Z') ? *c + 32 : *c;
    return text;
}

static void record(char **words, int count)
{
    FILE *file = opened(L"IISC_RECORD", L"ab");
    if (!file)
        return;
    for (int i = 0; i < count; i++) {
        fputs(i ? ",\"" : "[\"", file);
        for (const char *c = words[i]; *c; c++) {
            if (*c == '"' || *c == '\\')
                fputc('\\', file);
            if ((unsigned char)*c < 0x20)
                fprintf(file, "\\u%04x", *c);
            else
                fputc(*c, file);
        }
        fputc('"', file);
    }
    fputs("]\n", file);
    fclose(file);
}

static char *joined(char **words, int count)
{
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(words[i]) + 1;
    char *call = calloc(size, 1);
    for (int i = 0; i < count; i++) {
        if (i)
            strcat(call, "\x1f");
        strcat(call, words[i]);
    }
    return call;
}

/* Cuts a line at its tabs. */
static int fields(char *line, char **cut)
{
    int count = 0;
    for (char *rest = line; rest && count < FIELDS; count++) {
        cut[count] = rest;
        rest = strchr(rest, '\t');
        if (rest)
            *rest++ = 0;
    }
    return count;
}

static char *next_line(char **rest)
{
    char *line = *rest;
    if (!*line)
        return NULL;
    char *end = strchr(line, '\n');
    if (end)
        *end++ = 0;
    *rest = end ? end : line + strlen(line);
    return line;
}

/* Have all commands of a step run since it was last taken back? */
static int is_done(const char *step, int count)
{
    char *rest = contents_of(L"IISC_STATE"), *line, text[300];
    int run = 0;
    while ((line = next_line(&rest))) {
        snprintf(text, sizeof text, "undo %s", step);
        if (strcmp(line, text) == 0)
            run = 0;
        snprintf(text, sizeof text, "%s %d", step, run);
        if (strcmp(line, text) == 0)
            run++;
    }
    return run >= count;
}

static void note(const char *first, const char *second)
{
    FILE *file = opened(L"IISC_STATE", L"ab");
    if (file) {
        fprintf(file, "%s %s\n", first, second);
        fclose(file);
    }
}

static int is_to_fail(const char *step, const char *index)
{
    const wchar_t *wanted = _wgetenv(L"IISC_FAIL");
    char text[300];
    snprintf(text, sizeof text, "%s %s", step, index);
    return wanted && strcmp(utf8(wanted), text) == 0;
}

/* Runs or answers the call; what nobody has foreseen succeeds, and is seen in the record. */
static int answer(const char *call)
{
    char *rest = contents_of(L"IISC_ANSWERS"), *line, *cut[FIELDS];
    const char *told = NULL;
    int asked = 0, code = 0;
    while ((line = next_line(&rest))) {
        int count = fields(line, cut);
        if (strcmp(cut[count - 1], call) != 0)
            continue;
        if (strcmp(cut[0], "run") == 0) {
            if (is_to_fail(cut[1], cut[2])) {
                const wchar_t *wanted = _wgetenv(L"IISC_CODE");
                if (!wanted) {
                    fputs("ERROR ( message:as the test wants it )\n", stdout);
                    return 1;
                }
                code = _wtoi(wanted);
            }
            note(cut[1], cut[2]);
        } else if (strcmp(cut[0], "undo") == 0) {
            if (is_done(cut[1], atoi(cut[2])))
                note("undo", cut[1]);
        } else {
            int done = is_done(cut[1], atoi(cut[2]));
            asked = 1;
            if (!done && strcmp(cut[3], "exit") == 0)
                code = 1;
            if (done && !_wgetenv(L"IISC_SILENT")) {
                /* Steps may ask the same; `set /p` of Wine reads more than a line. */
                if (!told || strcmp(told, cut[4]) != 0)
                    printf("%s\n", cut[4]);
                told = cut[4];
            }
        }
    }
    if (asked && !told && !_wgetenv(L"IISC_SILENT"))
        puts("ERROR ( message:there is no such thing )");
    return code;
}

/* `python -m venv ... FOLDER` makes a python there. */
static void make_environment(const wchar_t *folder)
{
    wchar_t own[MAX_PATH], path[2 * MAX_PATH];
    GetModuleFileNameW(NULL, own, MAX_PATH);
    swprintf(path, 2 * MAX_PATH, L"%ls\\Scripts\\python.exe", folder);
    for (wchar_t *c = path + 3; *c; c++)
        if (*c == '\\') {
            *c = 0;
            CreateDirectoryW(path, NULL);
            *c = '\\';
        }
    CopyFileW(own, path, FALSE);
}

static int same_letter(char a, char b, int folded)
{
    if (folded && a >= 'A' && a <= 'Z')
        a += 32;
    if (folded && b >= 'A' && b <= 'Z')
        b += 32;
    return a == b;
}

static int has(const char *line, const char *text, int folded)
{
    for (; *line; line++) {
        size_t i = 0;
        while (text[i] && same_letter(line[i], text[i], folded))
            i++;
        if (!text[i])
            return 1;
    }
    return 0;
}

/* find [/i] TEXT, from the standard input */
static int find(char **words, int count)
{
    int folded = count > 2 && _stricmp(words[1], "/i") == 0, found = 0;
    char *rest = contents(stdin), *line;
    while ((line = next_line(&rest)))
        if (has(line, words[count - 1], folded)) {
            found = 1;
            puts(line);
        }
    return !found;
}

/* fc /b A B */
static int compare(wchar_t **argv, int argc)
{
    FILE *a = argc == 4 ? _wfopen(argv[2], L"rb") : NULL, *b = argc == 4 ? _wfopen(argv[3], L"rb") : NULL;
    if (!a || !b)
        return 2;
    int left, right;
    do {
        left = fgetc(a);
        right = fgetc(b);
    } while (left == right && left != EOF);
    return left != right;
}

int wmain(int argc, wchar_t **argv)
{
    char **words = malloc(argc * sizeof *words);
    for (int i = 0; i < argc; i++)
        words[i] = utf8(argv[i]);
    words[0] = name_of(argv[0]);
    if (strcmp(words[0], "find") == 0)
        return find(words, argc);
    if (strcmp(words[0], "fc") == 0)
        return compare(argv, argc);
    record(words, argc);
    int code = answer(joined(words, argc));
    if (code == 0 && argc > 3 && strcmp(words[0], "python") == 0 && strcmp(words[2], "venv") == 0)
        make_environment(argv[argc - 1]);
    return code;
}
