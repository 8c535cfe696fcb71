<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>ContactText</name>
    <message>
        <source>%1 is connected but silent for %2; showing data of %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next try in %1 s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No contact with %1 for %2; showing data of %3. %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>admin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingRules</name>
    <message>
        <source>Give true or false.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one of the listed values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a whole number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a time, such as 90 or 15m.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Out of range: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::AttentionList</name>
    <message>
        <source>waits, %1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All conditions are ok</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing known yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::BoundedField</name>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set in mtpoold&apos;s environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restart pending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at restart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pinned: set in the environment of mtpoold. Change it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can be changed only in the file, never through a program.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::ChartView</name>
    <message>
        <source>No samples yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit to data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: fit the axis to the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rising</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>falling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steady</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 now, peak %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 now, %2, peak %3, limit: %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 now, %2, peak %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::ConfigPage</name>
    <message>
        <source>Pool config</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why? Kept with the change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same in a terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No settings to show yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The form is made from what the engine says about its settings; it appears with the first contact.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>revision %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed elsewhere to %1 while you were editing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not below the session timeout: sessions will end before they count as idle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at restart</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No contact with the engine: edits are kept and can be applied later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your role is %1; changing settings needs admin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide the conflicts first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the marked fields first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking the engine …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused; nothing was changed. See the marked field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dry run: the engine would accept this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Applied as revision %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 takes effect at the next restart.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::EngineLink</name>
    <message>
        <source>The engine took the connection but did not greet. It may hang; look at its log.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection was lost before the engine answered; it may have acted nevertheless.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not speak the control protocol. Is it an mtpool engine?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine speaks control protocol %1, this console %2. Install the same release of both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine sent an answer longer than this console accepts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no contact with the engine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine has not answered earlier requests yet. Try again shortly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The engine has said nothing for %n second(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The engine did not answer in time; it may act nevertheless.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::LocalTransport</name>
    <message>
        <source>The engine closed the connection.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no such socket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody listens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No engine answers at %1. Start mtpoold, or name its socket with --socket.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::MainWindow</name>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pool config</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mtpool Console</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts (F1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – mtpool Console</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::OverviewPage</name>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Collecting users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range of the charts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 5 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 15 minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 6 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no data yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>users at once · %n session(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>users wait for a free place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 stored since start</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>ready · %n connected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>80 % of the machine: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cap %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::SessionModel</name>
    <message>
        <source>ID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Msgs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Msg/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::SessionsPage</name>
    <message>
        <source>Filter: account, state, target, reason … (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sessions appear with the first contact to the engine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is collecting now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A session begins when a target is due and one of its accounts is free. Add a target, or make the ones there are due now:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No session matches the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the filter to see all %1.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>go to a page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>filter the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ask the engine again, or reconnect now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pause what moves, and go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>copy the selected rows as TSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quit; the engine keeps running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::SshTransport</name>
    <message>
        <source>ssh could not be started. Install the OpenSSH client.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The previous ssh is still ending.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ssh to %1 ended. Is the engine running there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ssh to %1 ended: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>mtpool::gui::StatusStrip</name>
    <message>
        <source>silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connecting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>data %1 s old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>engine %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>role %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
