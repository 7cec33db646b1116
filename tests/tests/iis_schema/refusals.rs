//! The checker itself, on a schema and a server made up for it: what it refuses, and by which rule.

use iisc_tests::iis_schema::{File, Problem, Registrations, Rule, Schema, Server, merge};

const SCHEMA: &str = r#"<configSchema>
  <sectionSchema name="top/pools">
    <collection addElement="add">
      <attribute name="name" type="string" required="true" isUniqueKey="true" validationType="applicationPoolName"/>
      <attribute name="id" type="uint" isUniqueKey="true" defaultValue="0"/>
    </collection>
  </sectionSchema>
  <sectionSchema name="web/values">
    <attribute name="bool" type="bool"/>
    <attribute name="enum" type="enum"><enum name="One" value="1"/><enum name="Two" value="2"/></attribute>
    <attribute name="flags" type="flags"><flag name="A" value="1"/><flag name="B" value="2"/></attribute>
    <attribute name="uint" type="uint"/>
    <attribute name="int" type="int"/>
    <attribute name="int64" type="int64"/>
    <attribute name="time" type="timeSpan" allowInfinite="true"/>
    <attribute name="seconds" type="timeSpan" timeSpanFormat="seconds" validationType="timeSpanRange" validationParameter="1,10,1"/>
    <attribute name="minutes" type="timeSpan" timeSpanFormat="minutes" validationType="timeSpanRange" validationParameter="60,600,60"/>
    <attribute name="step" type="timeSpan" validationType="timeSpanRange" validationParameter="60,86400,60"/>
    <attribute name="range" type="uint" validationType="integerRange" validationParameter="10,20"/>
    <attribute name="gap" type="int64" validationType="integerRange" validationParameter="0,1023,exclude"/>
    <attribute name="filled" type="string" validationType="nonEmptyString"/>
    <attribute name="trimmed" type="string" validationType="requireTrimmedString"/>
    <attribute name="site" type="string" validationType="siteName"/>
    <attribute name="application" type="string" validationType="applicationPath"/>
    <attribute name="directory" type="string" validationType="virtualDirectoryPath"/>
  </sectionSchema>
  <sectionSchema name="web/list">
    <attribute name="on" type="bool"/>
    <attribute name="off" type="bool"/>
    <element name="inner"><attribute name="x" type="string" required="true"/></element>
    <element name="plain">
      <collection addElement="add"><attribute name="v" type="timeSpan" isUniqueKey="true"/></collection>
    </element>
    <element name="open">
      <collection addElement="add" allowDuplicates="true" allowUnrecognizedAttributes="true">
        <attribute name="k" type="string" isUniqueKey="true"/>
      </collection>
    </element>
    <collection addElement="add" removeElement="remove" clearElement="clear">
      <attribute name="k" type="string" required="true" isUniqueKey="true"/>
      <attribute name="v" type="string"/>
    </collection>
  </sectionSchema>
  <sectionSchema name="web/pairs">
    <collection addElement="pair" removeElement="remove">
      <attribute name="a" type="string" caseSensitive="true" isCombinedKey="true" required="true"/>
      <attribute name="b" type="int" isCombinedKey="true" defaultValue="-1"/>
    </collection>
  </sectionSchema>
  <sectionSchema name="web/locked"><attribute name="x" type="string"/></sectionSchema>
  <sectionSchema name="web/ofApplications"><attribute name="x" type="string"/></sectionSchema>
  <sectionSchema name="web/whole"><attribute name="x" type="string"/></sectionSchema>
  <sectionSchema name="web/unregistered"><attribute name="x" type="string"/></sectionSchema>
</configSchema>"#;

const HOST: &str = r#"<configuration>
  <configSections>
    <sectionGroup name="top"><section name="pools" allowDefinition="AppHostOnly" overrideModeDefault="Deny"/></sectionGroup>
    <sectionGroup name="web">
      <section name="values"/>
      <section name="list" overrideModeDefault="Allow"/>
      <section name="pairs"/>
      <section name="locked" overrideModeDefault="Deny"/>
      <section name="ofApplications" allowDefinition="MachineToApplication"/>
      <section name="whole" allowLocation="false"/>
      <section name="noSchema"/>
    </sectionGroup>
  </configSections>
  <top><pools><add name="p" id="1"/></pools></top>
  <web>
    <list lockAttributes="off" lockElements="inner">
      <add k="held" lockItem="true"/>
      <add k="free"/>
    </list>
    <pairs lockAllElementsExcept="pair"/>
  </web>
  <location path="Shop/open" overrideMode="Allow"><web><locked/></web></location>
  <location path="Shop/open/shut" overrideMode="Deny"><web><locked/><list/></web></location>
</configuration>"#;

/// The problems of a file that lies in a folder of the server; without a folder it is put into the server's own.
fn judge(folder: &str, text: &str) -> Vec<Problem> {
    let file = |name: &str, text: &str| File::parse(name, text.as_bytes()).unwrap();
    let schema = Schema::read(&[file("schema", SCHEMA)]);
    let host = file("host", HOST);
    let registrations = Registrations::read(&host, &Schema::default());
    let server = Server {
        schema: &schema,
        registrations: &registrations,
    };
    let own = file("own", &format!("<configuration>{text}</configuration>"));
    match folder {
        "" => server.judge(&merge(&schema, &host, &own), &[]),
        _ => server.judge(&host, &[(folder, &own)]),
    }
}

#[test]
fn what_the_schema_allows_is_passed() {
    assert_eq!(judge("", ""), []);
    for text in [
        r#"<values bool="True" enum="two" flags="A, b" uint="4294967295" int="-2147483648"/>"#,
        r#"<values int64="-9223372036854775808" seconds="10" minutes="10" step="1.00:00:00"/>"#,
        r#"<values time="Infinite" range="10" gap="-1" filled=" " trimmed="a b" site="a b&amp;c"/>"#,
        r#"<values time="29:00:00" step="00:01:00" range="20" gap="1024"/>"#,
        r#"<values time="00:00:00.5" application="/" directory="/a/b..c"/>"#,
        r#"<list on="true"><remove k="FREE"/><add k="free"/></list>"#,
        r#"<list lockItem="false"><open><add k="a" other="b"/><add k="a"/></open></list>"#,
        r#"<pairs><pair a="x"/><pair a="X"/><pair a="x" b="0"/></pairs>"#,
        r#"<ofApplications x="y"/>"#,
        r#"<whole x="y"/>"#,
    ] {
        assert_eq!(
            judge("Shop/app", &format!("<web>{text}</web>")),
            [],
            "{text}"
        );
    }
    let nested = r#"<location path="a" overrideMode="Deny" inheritInChildApplications="false"><web><list/></web></location>"#;
    assert_eq!(judge("Shop", nested), []);
}

#[test]
fn what_a_section_says_is_held_against_its_schema() {
    refused(
        r#"
    S KnownAttribute strange     <web><values strange="x"/></web>
    S KnownAttribute Bool        <web><values Bool="true"/></web>
    S KnownAttribute x           <web x="y"><values/></web>
    S KnownElement   -           <web><values><strange/></values></web>
    S KnownElement   -           <web><pairs><clear/></pairs></web>
    S KnownElement   -           <web><pairs><add a="x"/></pairs></web>
    S Type           bool        <web><values bool="1"/></web>
    S Type           enum        <web><values enum="Three"/></web>
    S Type           enum        <web><values enum="One, Two"/></web>
    S Type           enum        <web><values enum=""/></web>
    S Type           flags       <web><values flags="A|B"/></web>
    S Type           uint        <web><values uint="-1"/></web>
    S Type           uint        <web><values uint="4294967296"/></web>
    S Type           uint        <web><values uint="+1"/></web>
    S Type           uint        <web><values uint="1.0"/></web>
    S Type           uint        <web><values uint=""/></web>
    S Type           int         <web><values int="2147483648"/></web>
    S Type           int64       <web><values int64="9223372036854775808"/></web>
    S Type           time        <web><values time="90"/></web>
    S Type           time        <web><values time="00:60:00"/></web>
    S Type           time        <web><values time="-1:00:00"/></web>
    S Type           step        <web><values step="Infinite"/></web>
    S Type           seconds     <web><values seconds="00:00:05"/></web>
    S Validator      seconds     <web><values seconds="11"/></web>
    S Validator      minutes     <web><values minutes="11"/></web>
    S Validator      step        <web><values step="00:01:30"/></web>
    S Validator      step        <web><values step="00:00:00"/></web>
    S Validator      step        <web><values step="1.00:01:00"/></web>
    S Validator      range       <web><values range="9"/></web>
    S Validator      range       <web><values range="21"/></web>
    S Validator      gap         <web><values gap="0"/></web>
    S Validator      gap         <web><values gap="1023"/></web>
    S Validator      filled      <web><values filled=""/></web>
    S Validator      trimmed     <web><values trimmed="a "/></web>
    S Validator      site        <web><values site="a/b"/></web>
    S Validator      application <web><values application="a"/></web>
    S Validator      application <web><values application="/a/"/></web>
    S Validator      directory   <web><values directory="/a/../b"/></web>
    S Validator      directory   <web><values directory=""/></web>
    - Validator      name        <top><pools><add name="a*" id="2"/></pools></top>
    - Validator      name        <top><pools><add name="a\" id="2"/></pools></top>
    - UniqueKey      id          <top><pools><add name="a" id="1"/></pools></top>
    - UniqueKey      name        <top><pools><add name="P" id="2"/></pools></top>
    - Required       name        <top><pools><add id="2"/></pools></top>
    S UniqueKey      k           <web><list><add k="FREE"/></list></web>
    S UniqueKey      k           <web><list><add k="a"/><add k="A"/></list></web>
    S UniqueKey      v           <web><list><plain><add v="1.00:00:00"/><add v="24:00:00"/></plain></list></web>
    S Required       k           <web><list><remove/></list></web>
    S KnownAttribute v           <web><list><remove k="free" v="x"/></list></web>
    S Once           -           <web><list><plain/><plain/></list></web>
    - Required       x           <web><list><inner/></list></web>
    S CombinedKey    -           <web><pairs><pair a="x"/><pair a="x" b="-1"/></pairs></web>
    S KnownElement   -           <web><list><open><add k="a"><b/></add></open></list></web>"#,
    );
}

#[test]
fn where_a_section_stands_is_held_against_registrations_and_locks() {
    refused(
        r#"
    S                AllowDefinition -            <top><pools/></top>
    -                AllowDefinition -            <location path="S"><top><pools/></top></location>
    -                AllowDefinition -            <location path="S"><web><ofApplications/></web></location>
    S                AllowDefinition -            <location path="folder"><web><ofApplications/></web></location>
    S                AllowLocation   -            <location path="a"><web><whole/></web></location>
    S                Registered      -            <web><unregistered/></web>
    S                KnownSection    -            <web><noSchema/></web>
    S                KnownSection    -            <strange/>
    S                Override        -            <web><locked/></web>
    Shop             Override        -            <location path="a"><web><locked/></web></location>
    Shop/open/shut   Override        -            <web><list/></web>
    shop/OPEN/shut/x Override        -            <web><locked/></web>
    S                LockedAttribute off          <web><list off="true"/></web>
    S                LockedElement   -            <web><list><inner x="y"/></list></web>
    S                LockedElement   -            <web><pairs><remove a="x"/></pairs></web>
    S                LockedItem      -            <web><list><remove k="held"/></list></web>
    S                LockedItem      -            <web><list><clear/></list></web>
    S                LockedAttribute off          <web><list lockAllAttributesExcept="on"/></web><location path="a"><web><list off="true"/></web></location>
    S                SectionOnce     -            <web><list/></web><web><list/></web>
    S                SectionOnce     -            <web><list/></web><location path="."><web><list/></web></location>
    S                KnownAttribute  paht         <location paht="a"><web><list/></web></location>
    S                KnownAttribute  overrideMode <location path="a" overrideMode="deny"><web><list/></web></location>"#,
    );
    assert_eq!(judge("Shop/open", "<web><locked/></web>"), []);
}

/// Judges each line: the folder of a file, or `-` for the server's own; the rule that the file breaks; the attribute
/// at which it does, or `-`; and what the file says.
fn refused(cases: &str) {
    for case in cases.lines().filter(|line| !line.is_empty()) {
        let mut words = case.split_whitespace();
        let [folder, rule, attribute] = [(); 3].map(|()| words.next().unwrap().trim_matches('-'));
        let (_, text) = case.split_once('<').unwrap();
        let problems = judge(folder, &format!("<{text}"));
        let found = |it: &Problem| {
            let place = it.attribute.as_deref().unwrap_or_default();
            format!("{:?}", it.rule) == rule && place == attribute
        };
        assert!(problems.iter().any(found), "{case}: {problems:?}");
    }
}

#[test]
fn a_problem_names_its_place_and_its_rule() {
    let text =
        "\n<location path=\"a\"><web>\n<list><add k=\"FREE\" v=\"1\"/></list></web></location>";
    let found: Vec<String> = judge("S", text).iter().map(Problem::to_string).collect();
    assert_eq!(
        found,
        ["own:3: location[a]/web/list/add/@k: UniqueKey: an entry has it already"]
    );
    let file = File::parse("own", b"<web/>").unwrap();
    let server = Server {
        schema: &Schema::default(),
        registrations: &Registrations::default(),
    };
    let found = server.judge(&file, &[]);
    assert_eq!((found.len(), found[0].rule), (1, Rule::Root));
}

#[test]
fn a_fragment_is_put_where_the_server_has_its_sections() {
    let fragment = r#"<top><pools><add name="p" id="1"/><add name="q" id="2"/></pools></top>
        <location path="Shop/open"><web><locked x="y"/><list on="true"/></web></location>"#;
    assert_eq!(judge("", fragment), []);
    let again = r#"<web><list on="true"/></web><web><list on="false"/></web>"#;
    assert_eq!(judge("", again), [], "both are written over the server's");
}
