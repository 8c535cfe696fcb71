// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/setting_rules.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "gui/link/plain_text.h"

namespace mtpool::gui {
namespace {

struct SettingRules {
  Q_DECLARE_TR_FUNCTIONS(SettingRules)
};

bool isNumeric(const pb::Setting& setting) {
  return setting.type() == "int" || setting.type() == "double" || setting.type() == "duration";
}

QString text(const std::string& value) {
  return plainText(value, kMaxCellChars);
}

double suffixSeconds(const QString& suffix) {
  static const std::pair<const char*, double> kSuffixes[] = {
      {"ms", 0.001}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
  for (const auto& [name, seconds] : kSuffixes) {
    if (suffix == QLatin1String(name)) {
      return seconds;
    }
  }
  return -1;
}

}  // namespace

std::optional<double> settingNumber(const pb::Setting& setting, const QString& input) {
  const auto trimmed = input.trimmed();
  bool ok = false;
  if (setting.type() == "int") {
    const auto whole = trimmed.toLongLong(&ok);
    return ok ? std::optional(static_cast<double>(whole)) : std::nullopt;
  }
  const double plain = trimmed.toDouble(&ok);
  ok = ok && std::isfinite(plain);
  if (ok || setting.type() != "duration") {
    return ok ? std::optional(plain) : std::nullopt;
  }
  int end = trimmed.size();
  while (end > 0 && trimmed.at(end - 1).isLetter()) {
    --end;
  }
  const double seconds = suffixSeconds(trimmed.mid(end));
  const double number = trimmed.left(end).trimmed().toDouble(&ok);
  if (!ok || seconds < 0 || !std::isfinite(number)) {
    return std::nullopt;
  }
  // A thousandth has no exact double: 90000 ms are 90 s all the same.
  return std::round(number * seconds * 1000) / 1000;
}

QString settingProblem(const pb::Setting& setting, const QString& input) {
  if (setting.type() == "bool") {
    static const QStringList kWords{QStringLiteral("true"), QStringLiteral("false")};
    return kWords.contains(input) ? QString() : SettingRules::tr("Give true or false.");
  }
  if (setting.type() == "choice") {
    for (const auto& choice : setting.choices()) {
      if (input.toStdString() == choice) {
        return {};
      }
    }
    return SettingRules::tr("Choose one of the listed values.");
  }
  if (!isNumeric(setting)) {
    return {};
  }
  const auto number = settingNumber(setting, input);
  if (!number) {
    return setting.type() == "int"        ? SettingRules::tr("Give a whole number.")
           : setting.type() == "duration" ? SettingRules::tr("Give a time, such as 90 or 15m.")
                                          : SettingRules::tr("Give a number.");
  }
  if (setting.type() == "duration" && std::floor(*number) != *number) {
    return SettingRules::tr("Give whole seconds.");
  }
  const auto min = settingNumber(setting, text(setting.min()));
  const auto max = settingNumber(setting, text(setting.max()));
  if ((min && *number < *min) || (max && *number > *max)) {
    return SettingRules::tr("Out of range: %1.").arg(settingRange(setting));
  }
  return {};
}

QString settingRange(const pb::Setting& setting) {
  const auto min = text(setting.min());
  const auto max = text(setting.max());
  if (min.isEmpty() && max.isEmpty()) {
    return {};
  }
  const QString range = max.isEmpty()   ? SettingRules::tr("from %1").arg(min)
                        : min.isEmpty() ? SettingRules::tr("up to %1").arg(max)
                                        : QStringLiteral("%1–%2").arg(min, max);
  return setting.unit().empty() ? range : range + QChar(0xA0) + text(setting.unit());
}

}  // namespace mtpool::gui
