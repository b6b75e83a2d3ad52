import Testing

@testable import AccordAdapters

struct StoredPasswordTests {
    /// Computed with Python's `hashlib.pbkdf2_hmac` and `hmac`. That PostgreSQL lets the owner of such a password in is
    /// shown by every tenant that is made in tests.
    @Test func `a secret is stored as RFC 5803 has it`() {
        let secret = String(repeating: "0123456789abcdef", count: 4)
        #expect(
            StoredPassword.of(secret, salt: Array(0...15))
                == "SCRAM-SHA-256$1:AAECAwQFBgcICQoLDA0ODw==$lhnGm64SfIhCBvUxEhA9yY+7JVS7//r4Dtuaipile4g="
                + ":HzFTDfRal26RAPRVjVPT3YdpEpV06UwLY3lPq2aRou4=")
        #expect(StoredPassword.of(secret) != StoredPassword.of(secret), "each role has a salt of its own")
    }
}
