import Crypto
import FoundationEssentials

/// What PostgreSQL keeps of a password, to check it with: a SCRAM-SHA-256 verifier.
///
/// Sent in a password's place, it is stored as it is (PostgreSQL: `CREATE ROLE … PASSWORD`), and the password itself is
/// in no statement and no log of the server. Its form is `SCRAM-SHA-256$ITERATIONS:SALT$STORED_KEY:SERVER_KEY`, as
/// RFC 5803 has it; the keys are RFC 5802's.
///
/// A single iteration. The many that are usual make guessing dear, and each login with it: 6 ms of the client's
/// processor time. A ``RandomSecret`` has 256 random bits, which nobody guesses at any price.
enum StoredPassword {
    /// - Parameters:
    ///   - secret: A ``RandomSecret``, never a password that somebody has thought of.
    ///   - salt: Random bytes, others for each role.
    /// - Returns: The verifier.
    static func of(_ secret: String, salt: [UInt8] = newSalt()) -> String {
        let firstBlock: [UInt8] = [0, 0, 0, 1]
        let salted = code(Array(secret.utf8), of: salt + firstBlock)
        let clientKey = code(salted, of: Array("Client Key".utf8))
        let parts = [salt, Array(SHA256.hash(data: clientKey)), code(salted, of: Array("Server Key".utf8))]
            .map { Data($0).base64EncodedString() }
        return "SCRAM-SHA-256$1:\(parts[0])$\(parts[1]):\(parts[2])"
    }

    private static func newSalt() -> [UInt8] { (0..<16).map { _ in UInt8.random(in: .min ... .max) } }

    private static func code(_ key: [UInt8], of message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }
}
