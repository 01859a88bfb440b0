import Ingest
import Logging
import Settings
import SettingsFile

// The server's own configuration, `--web.config.file`.
extension Configuration {
    /// What a file says.
    ///
    /// - Throws: every problem, in the order of the file.
    static func readWeb(_ file: String) throws(DoorError) -> WebSettings {
        let read: WebSettingsFile
        do throws(SettingsFileError) {
            read = try WebSettingsFile(contentsOf: file)
        } catch {
            throw DoorError([error.description])
        }
        guard read.problems.isEmpty else { throw DoorError(read.problems.map(\.description)) }
        return read.settings
    }

    /// What is wrong with a file; without a file, nothing.
    static func flaws(ofWeb file: String?) -> [String] {
        guard let file else { return [] }
        do throws(DoorError) {
            _ = try readWeb(file)
            return []
        } catch {
            return error.lines
        }
    }

    /// The door that the configuration asks for.
    ///
    /// - Throws: where a certificate or a key cannot be used.
    func door(logger: Logger) throws(CommandError) -> Door {
        do throws(DoorError) {
            return try Door(web: web, tokens: settings.push.pushgateway.tokens, logger: logger)
        } catch {
            throw .configuration(error.lines)
        }
    }
}
