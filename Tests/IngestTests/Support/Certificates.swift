/// A certificate of its own authority, which proves nothing, and keys.
///
/// For `localhost`, `127.0.0.1`, `::1`, `a@b.c` and `spiffe://a/b`.
enum Certificates {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBuzCCAWCgAwIBAgIUegDDOxeVixXiko6sT/GZ75G4EO0wCgYIKoZIzj0EAwIw
        DzENMAsGA1UEAwwEZG9vcjAgFw0yNjExMjEyMTMxMDRaGA8yMTI2MTAyODIxMzEw
        NFowDzENMAsGA1UEAwwEZG9vcjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMgM
        04Ltb4V+Zn6UD43IGyQdA4D7Fh/wCotxIL7mRzWx8fp2FDz1aUsQ1eW6yNVs1j2r
        nOVCYKESPBD3tzasIWujgZcwgZQwHQYDVR0OBBYEFN4lgW3Jg9YX41ErjQVmpSVP
        GVTmMB8GA1UdIwQYMBaAFN4lgW3Jg9YX41ErjQVmpSVPGVTmMA8GA1UdEwEB/wQF
        MAMBAf8wQQYDVR0RBDowOIIJbG9jYWxob3N0hwR/AAABhxAAAAAAAAAAAAAAAAAA
        AAABgQVhQGIuY4YMc3BpZmZlOi8vYS9iMAoGCCqGSM49BAMCA0kAMEYCIQDGQytd
        th+dUOGtmUT6b90jD38JllDIxpNlzpmy9oUFpgIhAOzk3l5Mhw1K35ImheVqOC3r
        VjglVIRYq8/mXk3UN3Kp
        -----END CERTIFICATE-----

        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgP/gTf8RKmMKc1w16
        Xor5dej/6qnMAOkLiwHd2B59kOihRANCAATIDNOC7W+FfmZ+lA+NyBskHQOA+xYf
        8AqLcSC+5kc1sfH6dhQ89WlLENXlusjVbNY9q5zlQmChEjwQ97c2rCFr
        -----END PRIVATE KEY-----

        """

    /// A key of nobody.
    static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxVxNMC8qivhsEGEk
        21GjTw2zeluLBqtV7nPhxs2k/QihRANCAARuIPBUJVBCiVBM6R8x0NliICL7GBsL
        YuEuVb9lZbNcHHnCvBlD5f3cOedc+AABNCK4N2KxmOagcB+d40zxbs3d
        -----END PRIVATE KEY-----

        """
}
