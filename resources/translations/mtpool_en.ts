<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>mtpool::gui::AttentionList</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mtpool::gui::EngineLink</name>
    <message numerus="yes">
        <source>The engine has said nothing for %n second(s).</source>
        <translation>
            <numerusform>The engine has said nothing for %n second.</numerusform>
            <numerusform>The engine has said nothing for %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mtpool::gui::OverviewPage</name>
    <message numerus="yes">
        <source>users at once · %n session(s)</source>
        <translation>
            <numerusform>users at once · %n session</numerusform>
            <numerusform>users at once · %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>ready · %n connected</source>
        <translation>
            <numerusform>ready · %n connected</numerusform>
            <numerusform>ready · %n connected</numerusform>
        </translation>
    </message>
</context>
</TS>
