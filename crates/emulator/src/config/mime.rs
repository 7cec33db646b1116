//! Types of files that IIS knows without being told: those of its stock list that web applications have.
//!
//! The list of a server is some 370 long. It differs between versions: `.webp`, `.avif` and `.mjs`, for example, are on
//! none that is old enough to be common, and such a file is 404.3 until the configuration names its type.

/// Extension and type, in the order of the alphabet.
const STOCK: [(&str, &str); 62] = [
    (".3gp", "video/3gpp"),
    (".aac", "audio/aac"),
    (".appcache", "text/cache-manifest"),
    (".atom", "application/atom+xml"),
    (".avi", "video/avi"),
    (".bin", "application/octet-stream"),
    (".bmp", "image/bmp"),
    (".cab", "application/vnd.ms-cab-compressed"),
    (".crt", "application/x-x509-ca-cert"),
    (".css", "text/css"),
    (".csv", "application/octet-stream"),
    (".doc", "application/msword"),
    (
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (".eot", "application/vnd.ms-fontobject"),
    (".eps", "application/postscript"),
    (".exe", "application/octet-stream"),
    (".flv", "video/x-flv"),
    (".gif", "image/gif"),
    (".gz", "application/x-gzip"),
    (".htm", "text/html"),
    (".html", "text/html"),
    (".ico", "image/x-icon"),
    (".ics", "text/calendar"),
    (".jar", "application/java-archive"),
    (".jpeg", "image/jpeg"),
    (".jpg", "image/jpeg"),
    (".js", "application/javascript"),
    (".json", "application/json"),
    (".less", "text/css"),
    (".m4a", "audio/mp4"),
    (".m4v", "video/mp4"),
    (".map", "text/plain"),
    (".mov", "video/quicktime"),
    (".mp3", "audio/mpeg"),
    (".mp4", "video/mp4"),
    (".mpeg", "video/mpeg"),
    (".msi", "application/octet-stream"),
    (".ogg", "video/ogg"),
    (".ogv", "video/ogg"),
    (".otf", "font/otf"),
    (".pdf", "application/pdf"),
    (".png", "image/png"),
    (".ppt", "application/vnd.ms-powerpoint"),
    (
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (".rtf", "application/rtf"),
    (".svg", "image/svg+xml"),
    (".swf", "application/x-shockwave-flash"),
    (".tar", "application/x-tar"),
    (".tif", "image/tiff"),
    (".tiff", "image/tiff"),
    (".tsv", "text/tab-separated-values"),
    (".ttf", "application/octet-stream"),
    (".txt", "text/plain"),
    (".wasm", "application/wasm"),
    (".wav", "audio/wav"),
    (".webm", "video/webm"),
    (".woff", "font/x-woff"),
    (".woff2", "application/font-woff2"),
    (".xhtml", "application/xhtml+xml"),
    (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (".xml", "text/xml"),
    (".zip", "application/x-zip-compressed"),
];

/// The list as a server begins with it.
pub(super) fn stock() -> Vec<(String, String)> {
    let owned =
        |(extension, content_type): (&str, &str)| (extension.to_owned(), content_type.to_owned());
    STOCK.into_iter().map(owned).collect()
}
