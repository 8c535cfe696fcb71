// SPDX-License-Identifier: Apache-2.0
// The verbs of mtpoolctl: one file each, one function each. Data goes to standard output, sentences to
// standard error; an Error is said by the caller, who turns its code into the exit code.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/cli/invocation.h"

namespace mtpool::cli {

using Outcome = Result<ExitCode>;

Outcome showStatus(const Invocation& invocation);

struct LoginOptions {
  bool again = false;  // an account that exists: its name and its history stay
  std::string alias;
  std::string phone;
  std::string code;  // single-use, so it may stand on the command line
  std::string codeFile;
  std::string passwordFile;
  std::string botTokenFile;
  std::int64_t user = 0;
};

Outcome logIn(const Invocation& invocation, const LoginOptions& options);
Outcome listAccounts(const Invocation& invocation);
Outcome showAccount(const Invocation& invocation, const std::string& alias);
Outcome removeAccount(const Invocation& invocation, const std::string& alias, bool keepAuthorisation);

struct TargetAddOptions {
  std::vector<std::string> specs;
  std::string file;
  std::int64_t user = 0;
  std::string history;
  std::string interval;
};

Outcome addTargets(const Invocation& invocation, const TargetAddOptions& options);
Outcome listTargets(const Invocation& invocation);
Outcome removeTargets(const Invocation& invocation, const std::vector<std::string>& specs, bool purge);

struct CollectOptions {
  std::string target;
  bool wait = false;
};

Outcome collect(const Invocation& invocation, const CollectOptions& options);

Outcome listSessions(const Invocation& invocation);

Outcome showSettings(const Invocation& invocation, const std::string& group);
Outcome getSetting(const Invocation& invocation, const std::string& key);

struct ConfigSetOptions {
  std::vector<std::string> changes;  // KEY=VALUE, KEY=@FILE, or the KEY of a secret to be asked for it
  bool dryRun = false;
  std::string comment;
};

Outcome setSettings(const Invocation& invocation, const ConfigSetOptions& options);

Outcome shutDown(const Invocation& invocation, bool force);

/// Joins standard input and output with the socket, for a client at the other end of an ssh connection.
Outcome dialStdio(const Invocation& invocation);

}  // namespace mtpool::cli
