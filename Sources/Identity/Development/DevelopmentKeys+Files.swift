import FoundationEssentials

extension DevelopmentKeys {
    /// The private key's file in the folder of the keys; only its owner may read it.
    package static let signingKeyFile = "signing-key.pem"
    /// The key set's file in the folder of the keys: what `ACCORD_JWKS_FILE` is set to.
    package static let jwksFile = "jwks.json"

    /// Loads the keys of a folder, making and saving them at the first call.
    ///
    /// The folder is for its owner only (0700), and so is the private key (0600). Both files appear whole or not at
    /// all; the key set is written anew whenever it isn't the private key's.
    ///
    /// Blocks on the disk, and on making a key the first time: for start-up and for commands, not for requests.
    ///
    /// - Parameter folder: made with the folders above it if it isn't there.
    /// - Returns: the keys that the folder has now.
    /// - Throws: ``IdentityError/keysUnavailable(_:)``, naming the file and what is wrong with it.
    package static func loaded(orMadeIn folder: String) throws(IdentityError) -> DevelopmentKeys {
        let directory = URL(filePath: folder, directoryHint: .isDirectory)
        let keyFile = directory.appending(path: signingKeyFile)
        let keys: DevelopmentKeys
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
            if FileManager.default.fileExists(atPath: keyFile.path) {
                let pem = try Data(contentsOf: keyFile)
                do throws(IdentityError) {
                    keys = try DevelopmentKeys(pem: String(decoding: pem, as: UTF8.self))
                } catch {
                    throw IdentityError.keysUnavailable(
                        "\(keyFile.path) holds no RSA private key. Delete it, and a new one will be made; "
                            + "tokens signed with the old one will be refused."
                    )
                }
            } else {
                keys = try DevelopmentKeys()
                try keys.savePrivateKey(to: keyFile)
            }
            let jwksFile = directory.appending(path: jwksFile)
            let jwks = Data(keys.jwks.utf8)
            if (try? Data(contentsOf: jwksFile)) != jwks {
                try jwks.write(to: jwksFile, options: .atomic)
            }
        } catch let error as IdentityError {
            throw error
        } catch {
            throw .keysUnavailable("The development keys in \(folder) can't be used: \(error)")
        }
        return keys
    }

    /// Under another name first and renamed when it has its bytes and its mode, so that a crash leaves no half key.
    private func savePrivateKey(to file: URL) throws {
        let draft = file.appendingPathExtension("new")
        try Data(privateKeyPEM.utf8).write(to: draft)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft.path)
        try FileManager.default.moveItem(at: draft, to: file)
    }
}
