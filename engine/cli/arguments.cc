// SPDX-License-Identifier: Apache-2.0
// The only file that includes CLI11, which costs ten seconds to compile.
#include "engine/cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include <CLI/CLI.hpp>

#include "engine/base/text.h"
#include "engine/cli/commands/commands.h"
#include "engine/cli/suggestion.h"

namespace mtpool::cli {

namespace {

using Run = std::function<Outcome(const Invocation&)>;

class CommandLine {
 public:
  CommandLine() : app_("Steers a running mtpool engine over its control socket.", "mtpoolctl") {
    app_.set_version_flag("--version", "mtpoolctl " MTPOOL_VERSION);
    app_.set_help_all_flag("--help-all", "Help of every verb");
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_option("--socket", choice_.socket, "Path of the engine's socket")->type_name("PATH");
    app_.add_option("--config", choice_.config, "The engine's .env file; its MTPOOL_SOCKET is used")
        ->type_name("FILE");
    app_.add_option("-o,--output", format_, "How data is shown: table, wide, csv, json; default: table")
        ->transform(CLI::IsMember(std::vector<std::string>{"table", "wide", "csv", "json"}))
        ->type_name("FORMAT");
    addStatusVerbs();
    addAccountVerbs();
    addTargetVerbs();
    addConfigVerbs();
    app_.footer(
        "CSV is for spreadsheets: a cell that one would run (it begins with = + - @) gets a leading "
        "apostrophe;\n"
        "json, and a table in a pipe, show it bare.\n"
        "Secrets come from prompts and files, never from the command line.\n"
        "Exit codes: 0 ok, 1 failed, 2 usage, 3 no engine, 4 refused, 5 invalid value, 6 timed out, 7 partly "
        "done.");
  }

  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  int run(int argc, const char* const* argv, const Environment& environment, Terminal terminal) {
    if (auto unknown = unknownVerb(argc, argv)) {
      say(*unknown);
      return static_cast<int>(ExitCode::Usage);
    }
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForAllHelp&) {
      print(allHelp());
      return static_cast<int>(ExitCode::Ok);
    } catch (const CLI::Success& wanted) {
      return app_.exit(wanted);
    } catch (const CLI::ParseError& error) {
      say(fmt::format("{} (mtpoolctl {}--help shows how)", error.what(), verbsSoFar()));
      return static_cast<int>(ExitCode::Usage);
    }
    Invocation invocation;
    auto sockets = findSockets(choice_, environment);
    Outcome outcome = sockets.ok() ? Outcome(ExitCode::Ok) : Outcome(std::move(sockets).error());
    if (outcome.ok()) {
      invocation.sockets = std::move(*sockets);
      invocation.format = formatOf(format_);
      invocation.terminal = terminal;
      invocation.yes = yes_;
      outcome = run_(invocation);
    }
    if (!outcome.ok()) {
      say(outcome.error().text());
      return static_cast<int>(exitCodeOf(outcome.error().code()));
    }
    return static_cast<int>(*outcome);
  }

 private:
  static Format formatOf(const std::string& name) {
    static const std::map<std::string, Format> kFormats{
        {"table", Format::Table}, {"wide", Format::Wide}, {"csv", Format::Csv}, {"json", Format::Json}};
    return kFormats.at(name);
  }

  // The library's own stops at the first level of verbs.
  std::string allHelp() const {
    std::string text = app_.help();
    for (const auto* verb : app_.get_subcommands([](const CLI::App*) { return true; })) {
      addHelp(*verb, app_.get_name(), text);
    }
    return text;
  }

  static void addHelp(const CLI::App& verb, const std::string& before, std::string& text) {
    const auto below = verb.get_subcommands([](const CLI::App*) { return true; });
    if (below.empty()) {
      text += "\n" + verb.help(before);
    }
    for (const auto* one : below) {
      addHelp(*one, fmt::format("{} {}", before, verb.get_name()), text);
    }
  }

  CLI::App* verb(CLI::App* parent, const std::string& name, const std::string& help, Run run) {
    CLI::App* sub = parent->add_subcommand(name, help);
    sub->callback([this, run = std::move(run)] { run_ = run; });
    return sub;
  }

  CLI::App* noun(const std::string& name, const std::string& help) {
    CLI::App* sub = app_.add_subcommand(name, help);
    sub->require_subcommand(1);
    return sub;
  }

  // An option that exists to say why it must not be used.
  static void refuseSecret(CLI::App* verb, const std::string& option, const std::string& instead) {
    verb->add_option_function<std::string>(
            option,
            [option, instead](const std::string&) {
              throw CLI::ValidationError(fmt::format(
                  "{} would show the secret to every user of this machine; use {}", option, instead));
            })
        ->group("");
  }

  void addYes(CLI::App* verb) { verb->add_flag("-y,--yes", yes_, "Do not ask back on a terminal"); }

  void addStatusVerbs() {
    verb(&app_, "status", "The engine in one page", &showStatus);
    auto* stop = verb(&app_, "shutdown", "Stop the engine: open sessions end in order first",
                      [this](const Invocation& in) { return shutDown(in, force_); });
    stop->add_flag("--force", force_, "Do not wait for open sessions");
    verb(&app_, "dial-stdio", "Join standard input and output with the socket (for ssh)", &dialStdio);
    auto* session = noun("session", "Collection sessions: a user's run from Acquired to Released");
    verb(session, "list", "Sessions there are now", &listSessions);
  }

  void addAccountVerbs() {
    auto* account = noun("account", "Accounts: a Telegram authorisation each");
    auto* add = verb(account, "add", "Log an account in; asks for code and password on a terminal",
                     [this](const Invocation& in) { return logIn(in, login_); });
    addLoginOptions(add, "How the account is called here");
    add->add_option("--user", login_.user, "For whom it collects; its own Telegram id unless given")
        ->type_name("ID");
    add->parse_complete_callback([this] {
      if (login_.phone.empty() && login_.botTokenFile.empty()) {
        throw CLI::ValidationError("give --phone for a user account or --bot-token-file for a bot");
      }
    });
    auto* login = verb(account, "login", "Log an account in again, after its login was ended",
                       [this](const Invocation& in) {
                         login_.again = true;
                         return logIn(in, login_);
                       });
    addLoginOptions(login, "Its name");
    verb(account, "list", "All accounts", &listAccounts);
    auto* show = verb(account, "show", "One account",
                      [this](const Invocation& in) { return showAccount(in, alias_); });
    show->add_option("name", alias_, "Its name")->required()->type_name("NAME");
    auto* remove = verb(account, "remove", "Log an account out and forget it", [this](const Invocation& in) {
      return removeAccount(in, alias_, keepAuthorisation_);
    });
    remove->add_option("name", alias_, "Its name")->required()->type_name("NAME");
    remove->add_flag("--keep-authorisation", keepAuthorisation_, "Do not log out at Telegram");
    addYes(remove);
  }

  void addLoginOptions(CLI::App* verb, const std::string& name) {
    verb->add_option("name", login_.alias, name)->required()->type_name("NAME");
    auto* phone =
        verb->add_option("--phone", login_.phone, "Phone number of a user account")->type_name("+…");
    verb->add_option("--bot-token-file", login_.botTokenFile, "File with a bot's token; - is standard input")
        ->type_name("FILE")
        ->excludes(phone);
    auto* code = verb->add_option("--code", login_.code, "The login code, where it is known")->type_name("N");
    verb->add_option("--code-file", login_.codeFile, "File with the login code")
        ->type_name("FILE")
        ->excludes(code);
    verb->add_option("--password-file", login_.passwordFile, "File with the two-step verification password")
        ->type_name("FILE");
    refuseSecret(verb, "--password", "--password-file FILE or the prompt");
    refuseSecret(verb, "--bot-token", "--bot-token-file FILE");
  }

  void addTargetVerbs() {
    auto* target = noun("target", "Targets: what is collected");
    auto* add = verb(target, "add", "Collect these; due at once",
                     [this](const Invocation& in) { return addTargets(in, targetAdd_); });
    auto* specs = add->add_option("target", targetAdd_.specs, "@name or a t.me link")->type_name("TARGET");
    auto* file =
        add->add_option("--file", targetAdd_.file, "File with one target a line; - is standard input");
    file->type_name("FILE");
    add->add_option("--user", targetAdd_.user, "Whose accounts may collect it; anyone's unless given")
        ->type_name("ID");
    add->add_option("--history", targetAdd_.history, "all, or how many of the newest messages; default: all")
        ->type_name("all|N");
    add->add_option("--interval", targetAdd_.interval,
                    "Between runs: 900, 15m, 2h, 1d; default: MTPROTO_COLLECTION_INTERVAL")
        ->type_name("TIME");
    add->parse_complete_callback([specs, file] {
      if (specs->count() == 0 && file->count() == 0) {
        throw CLI::ValidationError("name a target, such as @name, or give --file");
      }
    });
    verb(target, "list", "All targets and how far they are", &listTargets);
    auto* remove = verb(target, "remove", "Collect these no more",
                        [this](const Invocation& in) { return removeTargets(in, specs_, purge_); });
    remove->add_option("target", specs_, "As listed")->required()->type_name("TARGET");
    remove->add_flag("--purge", purge_, "Delete what was collected, too; asked back on a terminal");
    addYes(remove);
    auto* collectVerb = verb(&app_, "collect", "Make targets due now",
                             [this](const Invocation& in) { return collect(in, collect_); });
    collectVerb->add_option("--target", collect_.target, "Only this one")->type_name("TARGET");
    collectVerb->add_flag("--wait", collect_.wait, "Watch until the history asked for is complete");
  }

  void addConfigVerbs() {
    auto* config = noun("config", "Settings of the running engine");
    auto* show = verb(config, "show", "All settings and where their values come from",
                      [this](const Invocation& in) { return showSettings(in, group_); });
    show->add_option("group", group_, "Only this group")->type_name("GROUP");
    auto* get = verb(config, "get", "The value of one",
                     [this](const Invocation& in) { return getSetting(in, key_); });
    get->add_option("key", key_, "Its key")->required()->type_name("KEY");
    auto* set = verb(config, "set", "Change settings together: all or none",
                     [this](const Invocation& in) { return setSettings(in, configSet_); });
    set->add_option(
           "change", configSet_.changes,
           "KEY=VALUE; KEY=@FILE takes it from a file, as a secret must be, - is standard input; the "
           "KEY of a secret alone asks for it")
        ->required()
        ->type_name("KEY=VALUE");
    set->add_flag("--dry-run", configSet_.dryRun, "Only say what would change");
    set->add_option("--comment", configSet_.comment, "Why, for the history")->type_name("TEXT");
  }

  // CLI11 would call a mistyped verb an unexpected argument; a person wants to hear which word was meant.
  std::optional<std::string> unknownVerb(int argc, const char* const* argv) const {
    const CLI::App* at = &app_;
    std::string before = "mtpoolctl";
    for (int i = 1; i < argc; ++i) {
      const std::string_view word = argv[i];
      const auto verbs = at->get_subcommands([](const CLI::App*) { return true; });
      if (verbs.empty() || word == "--") {
        break;
      }
      if (word.starts_with("-")) {
        const bool takesValue =
            word == "--socket" || word == "--config" || word == "-o" || word == "--output";
        i += takesValue ? 1 : 0;
        continue;
      }
      const auto known =
          std::ranges::find(verbs, word, [](const CLI::App* verb) { return verb->get_name(); });
      if (known == verbs.end()) {
        return fmt::format("{} has no verb \"{}\"; {}", before, printable(word), hint(word, verbs));
      }
      at = *known;
      before = fmt::format("{} {}", before, word);
    }
    return std::nullopt;
  }

  static std::string hint(std::string_view word, const std::vector<const CLI::App*>& verbs) {
    std::vector<std::string> names;
    for (const auto* verb : verbs) {
      names.push_back(verb->get_name());
    }
    const auto meant = nearest(word, names);
    return meant.empty() ? fmt::format("it has {}", fmt::join(names, ", "))
                         : fmt::format("did you mean {}?", meant);
  }

  std::string verbsSoFar() const {
    std::string verbs;
    const CLI::App* at = &app_;
    while (!at->get_subcommands().empty()) {
      at = at->get_subcommands().front();
      verbs += at->get_name() + " ";
    }
    return verbs;
  }

  CLI::App app_;
  SocketChoice choice_;
  std::string format_ = "table";
  Run run_;
  bool yes_ = false;
  bool force_ = false;
  LoginOptions login_;
  std::string alias_;
  bool keepAuthorisation_ = false;
  TargetAddOptions targetAdd_;
  std::vector<std::string> specs_;
  bool purge_ = false;
  CollectOptions collect_;
  std::string group_;
  std::string key_;
  ConfigSetOptions configSet_;
};

}  // namespace

int runCommandLine(int argc, const char* const* argv, const Environment& environment, Terminal terminal) {
  CommandLine line;
  return line.run(argc, argv, environment, terminal);
}

}  // namespace mtpool::cli
