package org.likeness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;

class HelpTest {
    /// The list of commands shows the first line of each description only.
    @Test
    void the_first_line_of_every_description_is_whole_sentences() {
        assertThat(below(new CommandLine(new Main())))
                .hasSizeGreaterThan(60)
                .filteredOn(command -> !(command.getCommand() instanceof GenerateCompletion)
                        && !command.getCommandName().equals("help"))
                .allSatisfy(command -> assertThat(
                                command.getCommandSpec().usageMessage().description()[0])
                        .as(command.getCommandName())
                        .endsWith("."));
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream().flatMap(one -> Stream.concat(Stream.of(one), below(one)));
    }
}
