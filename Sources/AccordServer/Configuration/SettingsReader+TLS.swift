import NIOSSL

extension SettingsReader {
    /// The certificate and its key; nil when there are none, and, with the problem noted, when they can't be used.
    mutating func tls() -> TLSConfiguration? {
        switch (text("ACCORD_TLS_CERTIFICATE"), text("ACCORD_TLS_KEY")) {
        case (nil, nil):
            return nil
        case (let certificate?, let key?):
            return parsed("ACCORD_TLS_CERTIFICATE with ACCORD_TLS_KEY") {
                let chain = try NIOSSLCertificate.fromPEMFile(certificate)
                let tls = TLSConfiguration.makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
                // Fails for a key that is not the certificate's.
                _ = try NIOSSLContext(configuration: tls)
                return tls
            }
        case (_?, nil), (nil, _?):
            report("Set ACCORD_TLS_CERTIFICATE and ACCORD_TLS_KEY, or neither.")
            return nil
        }
    }
}
