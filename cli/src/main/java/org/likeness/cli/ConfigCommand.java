package org.likeness.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.likeness.library.Setting;
import org.likeness.library.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness config`
@Command(
        name = "config",
        description = {
            "Show the settings in force: defaults, likeness.properties in the data directory, environment.",
            "There is no secret among them; keys are files."
        })
final class ConfigCommand extends LikenessCommand {
    @Option(names = "--sample", description = "Print a sample of the settings file with every setting explained.")
    private boolean sample;

    @Override
    ExitCode execute() {
        Out out = out();
        if (sample) {
            out.line(Setting.sample().strip());
            out.document(Out.map("sample", Setting.sample()));
            return ExitCode.OK;
        }
        Settings settings = shared().settings();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("data", settings.data().toString());
        out.line("# data directory: " + settings.data());
        for (Setting setting : Setting.values()) {
            String value = settings.value(setting);
            all.put(setting.key(), value);
            out.line(setting.key() + "=" + value);
        }
        out.document(all);
        return ExitCode.OK;
    }
}
