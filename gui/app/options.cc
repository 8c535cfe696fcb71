// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/app/options.h"

#include <functional>

namespace mtpool::gui {
namespace {

/// Walks over the arguments; takes "--name value" and "--name=value" alike.
class ArgumentReader {
 public:
  explicit ArgumentReader(const QStringList& arguments) : arguments_(arguments) {}

  bool done() const { return next_ >= arguments_.size(); }

  QString takeName() {
    const auto word = arguments_.at(next_++);
    const auto equals = word.indexOf(QLatin1Char('='));
    if (!word.startsWith(QLatin1String("--")) || equals < 0) {
      return word;
    }
    attached_ = word.mid(equals + 1);
    return word.left(equals);
  }

  std::optional<QString> takeValue() {
    if (attached_) {
      return std::exchange(attached_, std::nullopt);
    }
    return done() ? std::nullopt : std::optional(arguments_.at(next_++));
  }

  bool hasAttached() const { return attached_.has_value(); }

 private:
  const QStringList& arguments_;
  std::optional<QString> attached_;
  int next_ = 0;
};

/// Empty when fine, else what is wrong with the value.
using Setter = std::function<QString(Options&, const QString&)>;

QString setTheme(Options& options, const QString& value) {
  if (value != QLatin1String("light") && value != QLatin1String("dark")) {
    return QStringLiteral("--theme takes light or dark, not '%1'").arg(value);
  }
  options.theme = value == QLatin1String("light") ? ThemeKind::Light : ThemeKind::Dark;
  return {};
}

QString setScale(Options& options, const QString& value) {
  if (value != QLatin1String("1") && value != QLatin1String("2")) {
    return QStringLiteral("--scale takes 1 or 2, not '%1'").arg(value);
  }
  options.scale = value.toInt();
  return {};
}

QString setLanguage(Options& options, const QString& value) {
  if (value != QLatin1String("en") && value != QLatin1String("ru")) {
    return QStringLiteral("--lang takes en or ru, not '%1'").arg(value);
  }
  options.language = value;
  return {};
}

QString setSshHost(Options& options, const QString& value) {
  // ssh would read a leading dash as an option of its own.
  if (value.isEmpty() || value.startsWith(QLatin1Char('-'))) {
    return QStringLiteral("--ssh takes a host name, not '%1'").arg(value);
  }
  options.sshHost = value;
  return {};
}

QString setPage(Options& options, const QString& value) {
  if (!pageNames().contains(value)) {
    return QStringLiteral("there is no page '%1'; the pages are: %2")
        .arg(value, pageNames().join(QStringLiteral(", ")));
  }
  options.screenshotPage = value;
  return {};
}

QString setSocket(Options& options, const QString& value) {
  options.socket = value;
  return value.isEmpty() ? QStringLiteral("--socket takes a path") : QString();
}

Setter findSetter(const QString& name) {
  static const std::pair<const char*, Setter> kSetters[] = {
      {"--socket", setSocket}, {"--ssh", setSshHost},   {"--theme", setTheme},
      {"--scale", setScale},   {"--lang", setLanguage}, {"--screenshot", setPage}};
  for (const auto& [known, setter] : kSetters) {
    if (name == QLatin1String(known)) {
      return setter;
    }
  }
  return {};
}

}  // namespace

QStringList pageNames() {
  return {QStringLiteral("overview"), QStringLiteral("config"), QStringLiteral("sessions")};
}

std::variant<Options, UsageError> parseOptions(const QStringList& arguments) {
  Options options;
  ArgumentReader reader(arguments);
  while (!reader.done()) {
    const auto name = reader.takeName();
    if (name == QLatin1String("--help") || name == QLatin1String("-h")) {
      options.help = true;
    } else if (name == QLatin1String("--version")) {
      options.version = true;
    } else if (const auto setter = findSetter(name)) {
      const auto value = reader.takeValue();
      if (!value) {
        return UsageError{QStringLiteral("%1 needs a value").arg(name)};
      }
      if (const auto problem = setter(options, *value); !problem.isEmpty()) {
        return UsageError{problem};
      }
      if (name == QLatin1String("--screenshot")) {
        const auto file = reader.takeValue();
        if (!file || file->isEmpty()) {
          return UsageError{QStringLiteral("--screenshot needs a page and a file")};
        }
        options.screenshotFile = *file;
      }
    } else {
      return UsageError{QStringLiteral("unknown option '%1'").arg(name)};
    }
    if (reader.hasAttached()) {
      return UsageError{QStringLiteral("%1 takes no value").arg(name)};
    }
  }
  if (!options.socket.isEmpty() && !options.sshHost.isEmpty()) {
    return UsageError{QStringLiteral("--socket and --ssh name two different engines; give one")};
  }
  return options;
}

QString helpText() {
  return QStringLiteral(
             "mtpool-console: watch and steer an mtpool engine\n"
             "\n"
             "  --socket PATH           the engine's control socket; else $MTPOOL_SOCKET, the user's, the "
             "system's\n"
             "  --ssh HOST              an engine on another host, through ssh and mtpoolctl there\n"
             "  --theme light|dark      colours; remembered\n"
             "  --scale 1|2             size of everything\n"
             "  --lang en|ru            language\n"
             "  --screenshot PAGE FILE  write one page as PNG and leave; needs neither display nor engine\n"
             "                          pages: %1\n"
             "  --version, --help\n"
             "\n"
             "Exit codes: 0 ok, 1 failed, 2 usage.\n")
      .arg(pageNames().join(QLatin1Char(' ')));
}

}  // namespace mtpool::gui
