<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru">
<context>
    <name>ContactText</name>
    <message>
        <source>%1 is connected but silent for %2; showing data of %3.</source>
        <translation>%1 на связи, но молчит %2; показаны данные на %3.</translation>
    </message>
    <message>
        <source>Next try in %1 s.</source>
        <translation>Следующая попытка через %1 с.</translation>
    </message>
    <message>
        <source>Trying now.</source>
        <translation>Пробуем сейчас.</translation>
    </message>
    <message>
        <source>No contact with %1 for %2; showing data of %3. %4</source>
        <translation>Нет связи с %1 уже %2; показаны данные на %3. %4</translation>
    </message>
    <message>
        <source>viewer</source>
        <translation>наблюдатель</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>оператор</translation>
    </message>
    <message>
        <source>admin</source>
        <translation>администратор</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>неизвестна</translation>
    </message>
</context>
<context>
    <name>SettingRules</name>
    <message>
        <source>Give true or false.</source>
        <translation>Нужно true или false.</translation>
    </message>
    <message>
        <source>Choose one of the listed values.</source>
        <translation>Выберите значение из списка.</translation>
    </message>
    <message>
        <source>Give a whole number.</source>
        <translation>Нужно целое число.</translation>
    </message>
    <message>
        <source>Give a time, such as 90 or 15m.</source>
        <translation>Нужно время, например 90 или 15m.</translation>
    </message>
    <message>
        <source>Give a number.</source>
        <translation>Нужно число.</translation>
    </message>
    <message>
        <source>Give whole seconds.</source>
        <translation>Нужно целое число секунд.</translation>
    </message>
    <message>
        <source>Out of range: %1.</source>
        <translation>Вне пределов: %1.</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>от %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>до %1</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::AttentionList</name>
    <message>
        <source>waits, %1 left</source>
        <translation>ждёт, осталось %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>ещё %n</numerusform>
            <numerusform>ещё %n</numerusform>
            <numerusform>ещё %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Требует внимания</translation>
    </message>
    <message>
        <source>All conditions are ok</source>
        <translation>Всё в порядке</translation>
    </message>
    <message>
        <source>Nothing known yet</source>
        <translation>Пока ничего не известно</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::BoundedField</name>
    <message>
        <source>default</source>
        <translation>по умолчанию</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>по умолчанию %1</translation>
    </message>
    <message>
        <source>set in mtpoold&apos;s environment</source>
        <translation>задано в окружении mtpoold</translation>
    </message>
    <message>
        <source>only in the file</source>
        <translation>только в файле</translation>
    </message>
    <message>
        <source>from the file</source>
        <translation>из файла</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Взять новое</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Оставить моё</translation>
    </message>
    <message>
        <source>on</source>
        <translation>вкл</translation>
    </message>
    <message>
        <source>off</source>
        <translation>выкл</translation>
    </message>
    <message>
        <source>restart pending</source>
        <translation>ждёт перезапуска</translation>
    </message>
    <message>
        <source>live</source>
        <translation>сразу</translation>
    </message>
    <message>
        <source>at restart</source>
        <translation>после перезапуска</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>закреплено</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>только чтение</translation>
    </message>
    <message>
        <source>Pinned: set in the environment of mtpoold. Change it there.</source>
        <translation>Закреплено: задано в окружении mtpoold. Измените его там.</translation>
    </message>
    <message>
        <source>Can be changed only in the file, never through a program.</source>
        <translation>Меняется только в файле, не через программы.</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::ChartView</name>
    <message>
        <source>No samples yet</source>
        <translation>Измерений пока нет</translation>
    </message>
    <message>
        <source>Fit to data</source>
        <translation>По данным</translation>
    </message>
    <message>
        <source>%1: fit the axis to the data</source>
        <translation>%1: подогнать ось под данные</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>растёт</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>падает</translation>
    </message>
    <message>
        <source>steady</source>
        <translation>ровно</translation>
    </message>
    <message>
        <source>%1 now, peak %2</source>
        <translation>сейчас %1, пик %2</translation>
    </message>
    <message>
        <source>%1 now, %2, peak %3, limit: %4</source>
        <translation>сейчас %1, %2, пик %3, предел: %4</translation>
    </message>
    <message>
        <source>%1 now, %2, peak %3</source>
        <translation>сейчас %1, %2, пик %3</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::ConfigPage</name>
    <message>
        <source>Pool config</source>
        <translation>Настройки пула</translation>
    </message>
    <message>
        <source>What will change</source>
        <translation>Что изменится</translation>
    </message>
    <message>
        <source>Why? Kept with the change</source>
        <translation>Зачем? Сохранится вместе с правкой</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Комментарий</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Отменить</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Apply changes</source>
        <translation>Применить</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Скопировать команду</translation>
    </message>
    <message>
        <source>The same in a terminal</source>
        <translation>То же в терминале</translation>
    </message>
    <message>
        <source>No settings to show yet</source>
        <translation>Настроек пока нет</translation>
    </message>
    <message>
        <source>The form is made from what the engine says about its settings; it appears with the first contact.</source>
        <translation>Форма строится по описаниям от движка и появится, когда он ответит.</translation>
    </message>
    <message>
        <source>revision %1</source>
        <translation>редакция %1</translation>
    </message>
    <message>
        <source>Changed elsewhere to %1 while you were editing.</source>
        <translation>Пока вы правили, значение изменили на %1.</translation>
    </message>
    <message>
        <source>Not below the session timeout: sessions will end before they count as idle.</source>
        <translation>Не меньше тайм-аута сессии: сессии кончатся раньше, чем станут считаться простаивающими.</translation>
    </message>
    <message>
        <source>live</source>
        <translation>сразу</translation>
    </message>
    <message>
        <source>at restart</source>
        <translation>после перезапуска</translation>
    </message>
    <message>
        <source>Nothing edited</source>
        <translation>Правок нет</translation>
    </message>
    <message>
        <source>No contact with the engine: edits are kept and can be applied later.</source>
        <translation>Нет связи с движком: правки сохранены, их можно применить позже.</translation>
    </message>
    <message>
        <source>Your role is %1; changing settings needs admin.</source>
        <translation>Ваша роль — %1; менять настройки может только администратор.</translation>
    </message>
    <message>
        <source>Decide the conflicts first.</source>
        <translation>Сначала решите, что делать с расхождениями.</translation>
    </message>
    <message>
        <source>Correct the marked fields first.</source>
        <translation>Сначала исправьте отмеченные поля.</translation>
    </message>
    <message>
        <source>Asking the engine …</source>
        <translation>Спрашиваем движок…</translation>
    </message>
    <message>
        <source>Refused; nothing was changed. See the marked field.</source>
        <translation>Отказ; ничего не изменено. Смотрите отмеченное поле.</translation>
    </message>
    <message>
        <source>Dry run: the engine would accept this.</source>
        <translation>Проверка: движок это примет.</translation>
    </message>
    <message>
        <source>Applied as revision %1.</source>
        <translation>Применено, редакция %1.</translation>
    </message>
    <message>
        <source>%1 takes effect at the next restart.</source>
        <translation>%1 подействует после перезапуска.</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::EngineLink</name>
    <message>
        <source>The engine took the connection but did not greet. It may hang; look at its log.</source>
        <translation>Движок принял соединение, но не поздоровался. Возможно, он завис; посмотрите его журнал.</translation>
    </message>
    <message>
        <source>The connection was lost before the engine answered; it may have acted nevertheless.</source>
        <translation>Связь прервалась до ответа; движок мог всё же выполнить запрос.</translation>
    </message>
    <message>
        <source>%1 does not speak the control protocol. Is it an mtpool engine?</source>
        <translation>%1 не говорит на протоколе управления. Это движок mtpool?</translation>
    </message>
    <message>
        <source>The engine speaks control protocol %1, this console %2. Install the same release of both.</source>
        <translation>Движок говорит на протоколе управления %1, консоль на %2. Установите один выпуск обоих.</translation>
    </message>
    <message>
        <source>The engine sent an answer longer than this console accepts.</source>
        <translation>Ответ движка длиннее, чем принимает консоль.</translation>
    </message>
    <message>
        <source>There is no contact with the engine.</source>
        <translation>Нет связи с движком.</translation>
    </message>
    <message>
        <source>The engine has not answered earlier requests yet. Try again shortly.</source>
        <translation>Движок ещё не ответил на прежние запросы. Повторите чуть позже.</translation>
    </message>
    <message numerus="yes">
        <source>The engine has said nothing for %n second(s).</source>
        <translation>
            <numerusform>Движок молчит %n секунду.</numerusform>
            <numerusform>Движок молчит %n секунды.</numerusform>
            <numerusform>Движок молчит %n секунд.</numerusform>
        </translation>
    </message>
    <message>
        <source>The engine did not answer in time; it may act nevertheless.</source>
        <translation>Движок не ответил вовремя; он мог всё же выполнить запрос.</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::LocalTransport</name>
    <message>
        <source>The engine closed the connection.</source>
        <translation>Движок закрыл соединение.</translation>
    </message>
    <message>
        <source>no such socket</source>
        <translation>нет такого сокета</translation>
    </message>
    <message>
        <source>nobody listens</source>
        <translation>никто не слушает</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>нет доступа</translation>
    </message>
    <message>
        <source>No engine answers at %1. Start mtpoold, or name its socket with --socket.</source>
        <translation>Движок не отвечает: %1. Запустите mtpoold или укажите сокет через --socket.</translation>
    </message>
    <message>
        <source>Who listens on %1 is another user in a directory that is not his alone, and could read what you type. Check --socket.</source>
        <translation>Сокет %1 слушает другой пользователь в каталоге, который принадлежит не только ему: он прочёл бы всё, что вы введёте. Проверьте --socket.</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::MainWindow</name>
    <message>
        <source>Overview</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>Pool config</source>
        <translation>Настройки пула</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Сессии</translation>
    </message>
    <message>
        <source>mtpool Console</source>
        <translation>Консоль mtpool</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Пауза (пробел)</translation>
    </message>
    <message>
        <source>Ask again (F5)</source>
        <translation>Спросить снова (F5)</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Светлая или тёмная</translation>
    </message>
    <message>
        <source>Keyboard shortcuts (F1)</source>
        <translation>Клавиши (F1)</translation>
    </message>
    <message>
        <source>Go on (Space)</source>
        <translation>Продолжить (пробел)</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Повторить сейчас</translation>
    </message>
    <message>
        <source>%1 · paused</source>
        <translation>%1 · пауза</translation>
    </message>
    <message>
        <source>%1 – mtpool Console</source>
        <translation>%1 – консоль mtpool</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::OverviewPage</name>
    <message>
        <source>Sessions</source>
        <translation>Сессии</translation>
    </message>
    <message>
        <source>Engine memory</source>
        <translation>Память движка</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Ждут</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Аккаунты</translation>
    </message>
    <message>
        <source>Collecting users</source>
        <translation>Собирающие пользователи</translation>
    </message>
    <message>
        <source>Messages per second</source>
        <translation>Сообщений в секунду</translation>
    </message>
    <message>
        <source>Range of the charts</source>
        <translation>Период графиков</translation>
    </message>
    <message>
        <source>Last 5 minutes</source>
        <translation>Последние 5 минут</translation>
    </message>
    <message>
        <source>Last 15 minutes</source>
        <translation>Последние 15 минут</translation>
    </message>
    <message>
        <source>All that fits</source>
        <translation>Всё, что есть</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Последний час</translation>
    </message>
    <message>
        <source>Last 6 hours</source>
        <translation>Последние 6 часов</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Последние 24 часа</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation>данных пока нет</translation>
    </message>
    <message numerus="yes">
        <source>users at once · %n session(s)</source>
        <translation>
            <numerusform>пользователей · %n сессия</numerusform>
            <numerusform>пользователей · %n сессии</numerusform>
            <numerusform>пользователей · %n сессий</numerusform>
        </translation>
    </message>
    <message>
        <source>users wait for a free place</source>
        <translation>ждут свободного места</translation>
    </message>
    <message>
        <source>nobody waits</source>
        <translation>никто не ждёт</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/с</translation>
    </message>
    <message>
        <source>%1 stored since start</source>
        <translation>сохранено %1</translation>
    </message>
    <message numerus="yes">
        <source>ready · %n connected</source>
        <translation>
            <numerusform>готовы · %n на связи</numerusform>
            <numerusform>готовы · %n на связи</numerusform>
            <numerusform>готовы · %n на связи</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation>свободно %1 из %2</translation>
    </message>
    <message>
        <source>80 % of the machine: %1</source>
        <translation>80 % памяти машины: %1</translation>
    </message>
    <message>
        <source>cap %1</source>
        <translation>предел %1</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::SessionModel</name>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Польз.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Аккаунт</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>DC</source>
        <translation>ДЦ</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Возраст</translation>
    </message>
    <message>
        <source>Msgs</source>
        <translation>Сообщ.</translation>
    </message>
    <message>
        <source>Msg/s</source>
        <translation>Сооб./с</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Каналы</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Ошибки</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Цель</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Почему</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::SessionsPage</name>
    <message>
        <source>Filter: account, state, target, reason … (Ctrl+F)</source>
        <translation>Фильтр: аккаунт, цель, причина… (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter the sessions</source>
        <translation>Фильтр сессий</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Сессии</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Скопировать строки</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 из %2</translation>
    </message>
    <message>
        <source>, %1 selected</source>
        <translation>, выбрано %1</translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation>Данных пока нет</translation>
    </message>
    <message>
        <source>The sessions appear with the first contact to the engine.</source>
        <translation>Сессии появятся, когда движок ответит.</translation>
    </message>
    <message>
        <source>Nobody is collecting now</source>
        <translation>Сейчас никто не собирает</translation>
    </message>
    <message>
        <source>A session begins when a target is due and one of its accounts is free. Add a target, or make the ones there are due now:</source>
        <translation>Сессия начинается, когда подошёл срок цели и свободен один из её аккаунтов. Добавьте цель или запустите имеющиеся:</translation>
    </message>
    <message>
        <source>No session matches the filter</source>
        <translation>Под фильтр не подходит ни одна сессия</translation>
    </message>
    <message>
        <source>Clear the filter to see all %1.</source>
        <translation>Очистите фильтр, чтобы увидеть все: %1.</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Клавиши</translation>
    </message>
    <message>
        <source>go to a page</source>
        <translation>перейти на страницу</translation>
    </message>
    <message>
        <source>filter the list</source>
        <translation>фильтр списка</translation>
    </message>
    <message>
        <source>ask the engine again, or reconnect now</source>
        <translation>спросить движок снова или соединиться сейчас</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Пробел</translation>
    </message>
    <message>
        <source>pause what moves, and go on</source>
        <translation>остановить движение и продолжить</translation>
    </message>
    <message>
        <source>copy the selected rows as TSV</source>
        <translation>скопировать выбранные строки как TSV</translation>
    </message>
    <message>
        <source>quit; the engine keeps running</source>
        <translation>выйти; движок продолжит работу</translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation>этот список</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::SshTransport</name>
    <message>
        <source>ssh could not be started. Install the OpenSSH client.</source>
        <translation>Не удалось запустить ssh. Установите клиент OpenSSH.</translation>
    </message>
    <message>
        <source>The previous ssh is still ending.</source>
        <translation>Прежний ssh ещё завершается.</translation>
    </message>
    <message>
        <source>ssh to %1 ended. Is the engine running there?</source>
        <translation>ssh к %1 завершился. Запущен ли там движок?</translation>
    </message>
    <message>
        <source>ssh to %1 ended: %2</source>
        <translation>ssh к %1 завершился: %2</translation>
    </message>
</context>
<context>
    <name>mtpool::gui::StatusStrip</name>
    <message>
        <source>silent</source>
        <translation>молчит</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>на связи</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 мс</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>нет связи</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>соединяемся</translation>
    </message>
    <message>
        <source>data %1 s old</source>
        <translation>данным %1 с</translation>
    </message>
    <message>
        <source>engine %1</source>
        <translation>движок %1</translation>
    </message>
    <message>
        <source>role %1</source>
        <translation>роль: %1</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
</context>
</TS>
