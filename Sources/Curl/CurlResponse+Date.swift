internal import CLibCurl

extension CurlResponse {
    /// What the peer's clock said, in seconds since 1970; nil where it didn't say.
    ///
    /// RFC 9110 §6.6.1 Date; libcurl: curl_getdate(3)
    package var secondsSince1970: Int? {
        guard let header = header("Date") else { return nil }
        let seconds = unsafe curl_getdate(header, nil)
        return seconds < 0 ? nil : Int(seconds)
    }
}
