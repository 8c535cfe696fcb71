// SPDX-License-Identifier: Apache-2.0
// The person at the other end: where words and data go, and questions only a person can answer.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/secret.h"

namespace mtpool::cli {

/// What standard input, output and error are connected to.
struct Terminal {
  bool input = false;
  bool output = false;
  bool errors = false;
  bool colour = false;  // NO_COLOR is not set

  static Terminal ofProcess(bool noColor);
};

/// Data, to standard output. False when nobody reads it any more (a closed pipe).
bool print(std::string_view data);

/// A sentence for the person, to standard error, safe to show whatever it holds.
void say(std::string_view sentence);

/// Bytes for the person's terminal as they are: progress bars and prompts.
void draw(std::string_view bytes);

enum class Echo { On, Off };

/// One line from the person. Errc::Cancelled when interrupted (Ctrl-C) or at the end of input; the terminal
/// shows what is typed again in any case.
Result<SecretString> prompt(std::string_view question, Echo echo);

/// A secret from a file: its first line, without the line end. "-" is standard input. Errc::Io says why not.
/// Warns of a file that other users of the machine may read.
Result<SecretString> readSecretFile(const std::string& path, std::string_view what);

/// Columns of the terminal behind standard error, 80 when it does not say.
std::size_t terminalWidth();

}  // namespace mtpool::cli
