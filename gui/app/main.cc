// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QLocale>
#include <QSettings>
#include <QTranslator>
#include <cstdio>

#include "gui/app/main_window.h"
#include "gui/app/options.h"
#include "gui/app/screenshot.h"
#include "gui/link/local_transport.h"
#include "gui/link/socket_lookup.h"
#include "gui/link/ssh_transport.h"

namespace {

using namespace mtpool::gui;

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr char kThemeKey[] = "look/theme";

std::unique_ptr<Transport> makeTransport(const Options& options) {
  if (!options.sshHost.isEmpty()) {
    return std::make_unique<SshTransport>(options.sshHost);
  }
  return std::make_unique<LocalTransport>(socketCandidates(
      {options.socket, qEnvironmentVariable("MTPOOL_SOCKET"), qEnvironmentVariable("XDG_RUNTIME_DIR"),
       qEnvironmentVariable("XDG_STATE_HOME"), qEnvironmentVariable("HOME")}));
}

/// False when there is nothing to draw on.
bool preparePlatform(const Options& options) {
  if (options.scale > 0) {
    qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
  }
  if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) {
    return true;
  }
  const bool hasDisplay =
      qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
  if (!options.screenshotFile.isEmpty()) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return true;
  }
  return hasDisplay;
}

void translate(QApplication& app, const Options& options) {
  const QLocale locale = options.language.isEmpty() ? QLocale::system() : QLocale(options.language);
  QLocale::setDefault(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
  const auto language = locale.language() == QLocale::Russian ? QStringLiteral("ru") : QStringLiteral("en");
  auto* translator = new QTranslator(&app);
  if (translator->load(QStringLiteral(":/translations/mtpool_%1.qm").arg(language))) {
    app.installTranslator(translator);
  }
}

ThemeKind chooseTheme(const Options& options, const QSettings& settings) {
  if (options.theme) {
    return *options.theme;
  }
  const bool remembered = options.screenshotFile.isEmpty();
  return remembered && settings.value(QLatin1String(kThemeKey)) == QLatin1String("dark") ? ThemeKind::Dark
                                                                                         : ThemeKind::Light;
}

int run(QApplication& app, const Options& options) {
  QSettings settings;
  initResources();
  translate(app, options);
  Theme::instance().apply(app, chooseTheme(options, settings));
  const SystemClock clock;
  EngineLink link(makeTransport(options), clock);
  Mirror mirror(clock);
  const Desk desk{link, mirror, clock};
  MainWindow window(desk);
  QObject::connect(&window, &MainWindow::themeToggled, [&] {
    const bool dark = Theme::instance().kind() == ThemeKind::Light;
    Theme::instance().apply(app, dark ? ThemeKind::Dark : ThemeKind::Light);
    settings.setValue(QLatin1String(kThemeKey), dark ? QStringLiteral("dark") : QStringLiteral("light"));
  });
  if (!options.screenshotFile.isEmpty()) {
    window.showPage(options.screenshotPage);
    Screenshot screenshot(window, desk, options.screenshotFile);
    link.start();
    screenshot.start();
    return app.exec();
  }
  window.restoreState(settings);
  window.show();
  link.start();
  const int code = app.exec();
  window.saveState(settings);
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  QStringList arguments;
  for (int i = 1; i < argc; ++i) {
    arguments.append(QString::fromLocal8Bit(argv[i]));
  }
  const auto parsed = parseOptions(arguments);
  if (const auto* error = std::get_if<UsageError>(&parsed)) {
    std::fprintf(stderr, "mtpool-console: %s. See mtpool-console --help.\n", qPrintable(error->text));
    return kUsage;
  }
  const auto& options = std::get<Options>(parsed);
  if (options.help) {
    std::fputs(qPrintable(helpText()), stdout);
    return 0;
  }
  if (options.version) {
    std::puts("mtpool-console " MTPOOL_VERSION);
    return 0;
  }
  if (!preparePlatform(options)) {
    std::fputs(
        "mtpool-console: there is no display. Run it on a desktop, or use --screenshot or mtpoolctl.\n",
        stderr);
    return kFailed;
  }
  QCoreApplication::setAttribute(Qt::AA_EnableHighDpiScaling);
  QCoreApplication::setAttribute(Qt::AA_UseHighDpiPixmaps);
  QApplication app(argc, argv);
  QCoreApplication::setOrganizationName(QStringLiteral("mtpool"));
  QCoreApplication::setApplicationName(QStringLiteral("mtpool-console"));
  QCoreApplication::setApplicationVersion(QStringLiteral(MTPOOL_VERSION));
  return run(app, options);
}
