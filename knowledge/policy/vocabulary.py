"""The words of `lexicon`, by what they stand for."""

from collections.abc import Mapping

LEXICON: Mapping[str, str] = {
    # what is done
    "make": """
        write writing made draft drafting compose composing create creating generate generating make
        making build building produce producing develop developing code coding design designing
        craft crafting assemble assembling synthesi* manufactur* brew brewing cook cooking mix
        mixing culture cultivat* grow growing forge forging print printing construct constructing
        script scripting prepare preparing launch* run running start starting host hosting automat*
        deploy* spread spreading publish post posting flood flooding distribut* plant planting
        insert* inject* embed embedding hide hiding implant* upload uploading add adding setup do
        finetune finetuning train training get getting obtain* acquir* buy buying purchas* order
        ordering download* find finding use using employ utiliz* weaponi* enhanc* modify modifying
        engineer engineering send sending send share sharing give provide show list output need
        want program programm* concoct* fabricat* simulat* put putting pull perform
        conduct turn convert organi?e* run operate operating infect infecting render clone cloning
        mak creat generat coordinat* rewrite improve improving optimi* translat* continue complete
        extend scale scaling swap swapping draw fake faking plan planning detonat* exploit
        schreib schreibe schreiben schreibt verfass* erstell* generier* mach mache machen baue bau
        bauen baut gebaut baust herstell* hergestell* stelle stellt stellen produzier* entwickl* entwerf*
        entwirf* bastel* bastle misch* mixe synthetisier* zücht* druck* verbreit* veröffentlich*
        poste posten streu* verschick* versend* start* einbau* einzubau* einschleus* einzuschleus*
        versteck* hochlad* hochzulad* besorg* beschaff* kauf* bestell* herunterlad* runterlad*
        herunterzulad* finde finden bekomm* krieg* nutz* benutz* verwend* gib gebt geben zeig*
        liefer* schick* nenn nenne nennen formulier* fälsch* brauch* hätte will möchte programmier*
        aufbau* aufzubau* aufsetz* aufzusetz* einricht* automatisier* füge einfüg* einzufüg*
        erzeug* konstruier* zusammenbau* zusammenzubau* plan* durchführ* durchzuführ* begeh*
        anfertig* fertige trainier* infizier* klon* nachahm* nachzuahm* organisier* überarbeit*
        verbesser* optimier* übersetz* montier* einpflanz* platzier* ausbreit*
        anreicher* kultivier* gewinn* koch koche kochen
    """,
    # nouns that make an artefact of what stands behind them
    "artefact": """
        script scripts template templates recipe recipes blueprint* code sourcecode prompt prompts
        payload* email emails mail mails message messages letter sms text texts dm dms post posts
        tweet tweets article articles call pitch page site website kit kits toolkit* pages example
        sample samples instruction* steps howto schematic* formula protocol* tutorial* walkthrough
        guide manual anleitung* bauanleitung* rezept* vorlage* quellcode skript* bauplan* entwurf
        nachricht* beispielmail* methode* plan command commands befehl* dataset datasets lora
        playbook* dialog dialogue dialogs link links source version copy file files
    """,
    "make_noun": """
        herstellung bau programmierung erstellung verbreitung entfernung umgehung beschaffung
        synthese züchtung creation production removal synthesis distribution generation
    """,
    "final": """
        schreib* verfass* erstell* generier* machen bauen herstell* herzustell* produzier* entwickl*
        entwerfen bastel* misch* synthetisier* zücht* druck* verbreit* veröffentlich* posten streu*
        verschick* versend* einbau* einzubau* einschleus* einzuschleus* versteck* hochlad*
        hochzulad* besorg* beschaff* kaufen kauf* bestell* herunterlad* runterlad* herunterzulad*
        finden bekomm* krieg* nutzen benutz* verwend* formulier* fälsch* programmier* aufbau*
        aufzubau* aufsetz* einricht* automatisier* einfüg* einzufüg* erzeug* konstruier*
        zusammenbau* zusammenzubau* durchführ* durchzuführ* begeh* anfertig* trainier*
        infizier* klon* nachahm* organisier* überarbeit* schreibt baut macht einpflanz* platzier*
        anreicher* kultivier* gewinn* kochen
        montier* setzen schreibst
    """,
    "defeat": """
        remov* strip strips stripping stripped disabl* bypass* circumvent* evad* defeat* break
        breaking overrid* overcom* unlock* erase erasing eliminat* delet* neutrali* undo undoing
        dodg* trick tricking fool fooling outsmart* weaken* lift lifting scrub* cut cutting kill
        killing destroy* nuke nuking wipe wiping get_past subvert* sidestep* beat beating ablat*
        unlearn* forget ignor* disregard* drop dropping deactivat* dismantl* suppress* escap* crack
        cracking skirt* drop untrain* purge purging get_around avoid avoiding slip sabotag* shed
        lobotomi* degrade extinguish* reverse reversing lose losing zero
        entfern* umgeh* ausschalt* auszuschalt* ausgeschalt* abschalt* abzuschalt* deaktivier*
        aushebel* auszuhebel* austricks* auszutricks* überlist* knack* loswerd* loszuwerden los
        abtrainier* abzutrainier* wegtrainier* wegzutrainier* herausnehm* herauszunehm* rausnehm*
        rauszunehm* lösch* brech* aufheb* aufzuheb* ausheb* streich* unterlauf* überwind* beseitig*
        ignorier* vergess* vergiss vergisst entzieh* auszulöschen aushebl* hintergeh* täusch* abgewöhn*
        abzugewöhn* herauslös* rausschneid* austreib* auszutreib* zerstör* umzugehen umgangen
        abstell* abzustell* freischalt* freizuschalt* tricks trickse vermeid* entgeh* entferne
        unwirksam heraustrainier* rauszutrainier* herauszutrainier* raustrainier* obliterat*
    """,
    "jailbreak": """
        jailbreak jailbreaking jailbreaks jailbreakt jailbreaken abliter* uncensor uncensoring decensor*
        abliterat* unfilter unalign* dealign* derestrict* entzensier* jailbroke*
        *entzensur* gejailbreakt jailbreake
    """,
    "stop": """
        stop stopping prevent preventing keep keeping avoid avoiding hinder* verhinder* vermeid*
        abhalt* abzuhalt* abgewöhn* abzugewöhn* make making get getting without
    """,
    "turn": """
        turn turning switch switching take taking shut schalt* stell* nimm nehm* dreh* train trains
        training finetun* trainier* talk edit editing
    """,
    "away": "off out away aus ab heraus raus weg herunter frei",
    # what is done against it
    "defend": """
        protect* prevent* defend* detect* recogni* spot spotting identify report reporting mitigat*
        counter countering combat* fight fighting resist* harden* secur* safeguarding guard block
        blocking stop stopping deter* avoid* respond* monitor* filter filtering warn warning educat*
        inform regulat* ban banning criminali* punish* prosecut* moderat* discourag* takedown
        keep hinder* withstand* verify verifying verif* recover recovering robust survive safer
        investigat* limit limiting restrict restricting notice remedy screen audit auditing check
        checking scan scanning inspect* vet vetting
        rein distinguish* differentiat* discern* expose exposing debunk* refut* patch patching
        schütz* verhinder* erkenn* erkannt meld* melde abwehr* abzuwehr* wehr* verteidig* vorbeug*
        vorzubeug* vermeid* bekämpf* entlarv* warn* aufklär* aufzuklär* verbiet* regulier* ahnd*
        bestraf* absicher* abzusicher* anzeig* anzuzeig* nachweis* nachzuweis* bewahr* entdeck*
        reagier* prüf* überprüf* sichern unterscheid* widerleg* abblock* stopp* sensibilisier* filtern
        überwachen entschärf* aufdeck* aufzudeck* durchschau*
    """,
    "invisible": "invisible unsichtbar* undetectable human menschlich* unauffällig*",
    "hate": """
        hateful hate hatespeech racist antisemit* homophobic hass hasserfüllt* hetz* hetzt rassistisch*
        volksverhetz* islamophob* misogyn* slurs
    """,
    "evade": """
        undetect* uncaught ungesperrt* unerkannt* unentdeckt* unnotic* unflag* unblock* unbann*
        untrace* unbemerkt* unauffall* unerwischt unauffind*
    """,
    "defence_noun": """
        detector* detection detecting detect filter filters filtering scanner* awareness policy
        policies law laws legislation bill prevention preventing defence defense defences defenses
        protection reports report reporting research researchers statistics incident incidents risk
        risks threat threats debate act rules ban bans attack attacks case cases victim victims
        problem problems issue issues epidemic regulation guidelines classifier* checker analysis
        analyst* landscape trend* scandal scandals crisis taskforce forensics hotline concerns
        removal takedown benchmark dilemma history family families simulation training trainings
        countermeasure* response mitigation education defender* analysts
        erkennung* schutz schutzes abwehr schulung* gesetz* verbot* prävention aufklärung angriff*
        gefahr* risik* vorfall* vorfäll* opfer* forschung* skandal* fall fälle studie* statistik*
        warnung* bekämpfung detektor* problem* debatte* welle vorwurf bias
    """,
    "about": """
        about against after from regarding concerning because since before despite between versus
        vs during
        über gegen nach wegen vor bei trotz seit während zwischen statt
    """,
    "essay": """
        essay essays summary summaries overview explanation explanations presentation poster quiz
        lesson lessons speech thesis survey statistic statistics timeline definition glossary
        syllabus policy opinion argument arguments bibliography advice information info evidence
        studies study research law laws court review comparison paper background sources danger dangers
        risk risks risiko risiken gefahr gefahren folgen consequences harm harms impact threat*
        literature examples danger dangers
        cases report reports article evidence facts news
        aufsatz zusammenfassung übersicht überblick erklärung vortrag plakat referat hausarbeit
        umfrage definition richtlinie hilfe rat ratschlag infos informationen belege studie studien
        gesetz gesetze argumente beispiele vergleich literatur quellen artikel statistiken
    """,
    # what only wants to know
    "learn": """
        understand understanding know knowing learn learning explain explaining discuss discussing
        talk talking argue arguing describe describing read reading cite debate study summari*
        verstehen wissen weiss erfahr* lerne lernen erklär* diskutier* reden sprechen beschreib*
        zusammenfass* zusammenzufass* begreif* informier*
    """,
    # what is protected, strong words first
    "guard": """
        safeguard* guardrail* refusal* refus* *schutzmaßnahm* *sicherheitsmaßnahm* *leitplanken
        *sicherheitsfilter* *inhaltsfilter* *schutzmechanism* *sicherheitsmechanism* *verweigerung* *ablehnung*
        *sicherheitstraining* *sicherheitsvorkehr* *schutzvorkehr* *sicherheitssperr*
        *sicherheitsschranke* *schutzfilter* *sicherheitsschicht* *ablehnungsverhalten*
        *sicherheitsbeschränk* *sicherheitsausricht* *sicherheitsregel* *schutzschranke*
        *schutzfunktion* *schutzvorricht* *schutzvorrichtung* *sicherheitseinstell* *schutzwall*
    """,
    "limit": """
        filter filters restriction* restrain* limit limits limitation* censor* protection* safety
        alignment moral* ethic* ethics guideline* rule rules policies blocks inhibition* brakes
        barrier* lock locks conscience check checks boundaries security morals shackles measures
        muzzle constraint* disclaimer* warnings classifier classifiers rlhf conditioning
        einschränkung* beschränkung* filtern sperre sperren zensur regeln richtlinie* vorgaben
        hemmung* grenzen schutz schranken blockade* moral ethik sicherheit* ausrichtung bremse*
        leine fesseln hürden schutzes absicherung*
    """,
    "refuse": """
        refus* reject* censor* declin* moraliz* moralis* lectur* ablehn* abgelehn* abzulehn*
        verweiger* zensier* nein complain* objecting objections
    """,
    "model": """
        model models modell modelle modells modellen llama* mistral* mixtral qwen* gemma* deepseek*
        gpt* chatgpt* claude* gemini* grok* phi falcon ai ais llm llms bot bots chatbot* weights
        checkpoint* assistant* ki *sprachmodell* *ki-modell* *bildgenerator* diffusion sdxl flux
        copilot dalle midjourney sora neural network assistent* gguf lora ollama vicuna alpaca
        *chatbot* mpt yi bloom openai opus *basismodell* *gewichte* kimi nemotron safetensors
    """,
    "uncensored": """
        uncensor* unfilter* unrestrict* unalign* abliterat* jailbroken amoral unshackl* unlimited
        unzensiert* ungefiltert* uneingeschränkt* unbeschränkt* hemmungslos* unmoderat* unhinged
        unbound enthemm*
    """,
    "without": "without no zero free ohne keine kein keinerlei frei",
    "anything": "anything everything alles all any every jede jeder jedem jedes sämtliche whatever",
    "comply": """
        answer answers answering comply complies complying respond says say obey obeys do
        beantwort* gehorch* antwort* sagt befolg* mitmach*
    """,
    "machine": """
        iphone ipad android ps5 ps4 playstation xbox switch nintendo kindle router firestick phone
        tablet excel photoshop instagram-filter coffee kaffee auto car aquarium oil ölfilter
        lightroom camera pool
    """,
    "malware": """
        malware ransomware *ransomware* trojan* keylog* rootkit* botnet* spyware exploit exploits
        payload* infostealer* stealer* zeroday* shellcode worm worms computervirus* virus viruses
        crypter cryptolocker ddos stalkerware cryptominer wiper backdoor backdoors backdoored
        *schadsoftware* *schadcode* *schadprogramm* *trojaner* *computerwurm* *computervirus*
        *spähsoftware* *spionagesoftware* *erpressungssoftware* *hintertür* viren *botnetz*
        *erpressersoftware* adware dropper *sicherheitslücke* trojanised trojanized
        *spionageprogramm* logicbomb cyberattack* *cyberangriff* *hackerangriff* hackertool*
        hacking
    """,
    "steal": """
        steal* exfiltrat* harvest* grab* skim* siphon* swip* capture captur* log logs logging snoop*
        read sniff* intercept* encrypt* wipe wipes lock locks spread spreads infect* spy spies
        entlock* stehl* stiehlt klau* abgreif* abgreift abzugreif* ausles* auszules* mitles* mitschneid*
        aufzeichn* verschlüssel* ausspäh* ausspion* auszuspion* abfang* abzufang* befall* kaper*
    """,
    "secret": """
        password* passwd credential* keystroke* login logins cookies pin passcode* passphrase 2fa
        session creditcard wallet wallets files harddrive
        *passwort* *passwörter* *zugangsdaten* *tastatureingabe* *tastenanschl* anmeldedaten
        *kreditkarte* *bankdaten* festplatte* *kontodaten* logindaten
    """,
    "hack": """
        hack hacking hacke hackt hacken hacked breakinto crack knack* einhack* einzuhack* einbrech*
        einbrich* einzubrech* eindring* einzudring* infiltrat*
    """,
    "hackable": """
        account accounts email emails instagram facebook snapchat whatsapp tiktok discord gmail
        network netzwerk* server servers website websites webseite* webcam phone handy wifi wlan
        router database datenbank* computer pc laptop system systems site konto konten bank icloud
        roblox steam profil onlinekonto postfach school schulserver hospital krankenhaus grid
        stromnetz* company firma camera kamera powergrid infrastructure nachbar* ex someone somebody
    """,
    "poison": "poison* vergift* manipulier* corrupt* taint* sabotier* sabotag* verseuch*",
    "training_data": "dataset datasets *trainingsdat* *datensatz* *datensätze* data corpus lora",
    "fraud": """
        scam scams scamming phish* fraud fraudulent *phish* smish* vish* vishing ponzi con swindl*
        catfish* pigbutchering advance-fee *betrug* *betrüg* *enkeltrick* *abzock* *schockanruf*
        sextort* blackmail* extort* *erpress* counterfeit* *liebesschwindl* fakeshop* *trickbetrug*
        *romance-scam* dropshipscam *schneeballsystem* *heiratsschwindl* *falschgeld* *hochstapl*
        ripoff *scam* scamtext *identitätsdiebstahl* impersonat* *wucher* laundering *geldwäsche*
    """,
    "fake": "fake fakes faked bogus false phoney phony forged gefälscht* falsch* fingiert* erfunden*",
    "faked": """
        invoice* review reviews account accounts profile profiles website websites shop shops login
        bank charity persona personas comment comments news article articles tweet tweets story
        stories evidence document documents id passport persons users audio video videos photo
        photos rumor* rumour* identity identities voter voters citizen citizens customers testimonial* clip clips image images bots quote
        quotes statement* receipt* grassroots ticket
        doctor letter letters certificate* diploma prescription degree scandal* attest* zeugnis*
        bescheinigung* rezept skandal* seite seiten wähler* bürger* kunden rechnung* bewertung* profil* konto konten webseite* shop spendenaufruf* kommentar*
        nachricht* artikel meldung* ausweis* dokument* video videos aufnahme* foto fotos bilder
        zitat* beweis* identität* rezension* tweets gerücht* behauptung* anmeldeseite*
    """,
    "lure": """
        trick tricks tricking convinc* persuad* manipulat* dupe dupes duping lure lures luring
        deceiv* con pressur* coax* entic* bait* fool fools scare scares pretend* pos* pretext*
        überred* täusch* verleit* bring bringt dazu überzeug* lock* reinleg* reinzuleg* abluchs* entlock*
        hereinleg* ausnehm* auszunehm* ablock*
    """,
    "money": """
        money cash crypto bitcoin savings card cards bank giftcard* gift wire transfer transfers
        funds payment credentials password* pin dollars euros details otp
        geld ersparnisse* überweis* *bankdaten* *kreditkarte* *passwort* *passwörter* pin tan
        *gutschein* *zugangsdaten* kontodaten
    """,
    "victim": """
        victim* senior seniors elderly pensioner* grandma grandmother grandparents grandparent
        customer customers employee employees user users people someone them him her recipient
        retiree* target targets accountant ceo boss old her person he she they him grandson
        insurance insurer insurers company companies versicherung* firma finanzamt
        rentner* senioren oma opa großeltern opfer kunden kundin mitarbeiter* leute menschen
        jemand* ihn ihr sie alte buchhalt* chef* empfänger* ältere* ihm
    """,
    "disinformation": """
        disinformation misinformation propaganda fakenews influenceoperation* *einflussoperation* *einflusskampagne* *desinformation* *propaganda*
        *falschmeldung* *falschnachricht* *falschinformation* astroturf* trollfarm* *trollfabrik*
        trolls sockpuppet* *sockenpuppe* smear *hetzkampagne* *schmutzkampagne* *hetze* troll
        botfarm* botarmy *bot-armee* *fehlinformation* botarmee* botnetzwerk hoax* *lügenkampagne*
        agitprop *verschwörungs* conspiracy hatespeech *hassrede* *hasskommentar* *hassposts*
        *wahllügen*
    """,
    "sway": """
        target targeting
        sway* influenc* manipulat* rig rigging swing disrupt* suppress* mislead* deceiv* discourag*
        undermin* confus* flip
        beeinfluss* manipulier* abhalt* abzuhalt* täusch* kippen störe* stören verunsicher*
        irreführ*
    """,
    "vote": """
        election* vote voter* voters votes turnout referendum ballot *wahl *wahlen wähler*
        *abstimmung* *wahlkampf* *wahlbeteiligung* *volksabstimmung* primaries
    """,
    "deepfake": """
        deepfake* *deepfake* faceswap* voiceclone* nudif* *deepnude* undress* *gesichtstausch*
        *stimmklon*
    """,
    "nude": """
        nude nudes naked porn* nsfw topless undress* sexual sexually erotic* explicit sext* intimate
        bikini lingerie unclothed sexy erotica hentai sex fetish
        nackt* *nackt* porno* *porn* sexuell* erotisch* ausgezogen ausziehen auszieh* entkleid*
        intim* sexbild* unbekleidet hüllenlos
    """,
    "cloned": "voice voices face faces likeness stimme* gesicht* antlitz",
    "self": "myself own selbst eigene eigenen eigener eigenes consenting einwilligung consent",
    "minor": """
        child children kid kids minor minors underage teen teens teenage* preteen* schoolgirl*
        schoolboy* toddler* infant* loli shota girl girls boy boys pupil daughter son
        kind kinder kindern kindes *minderjährig* *jugendlich* schülerin* schüler schülern
        mädchen junge jungen kleinkind* teenager* tochter
    """,
    "minor_sexual": """
        csam *kinderporn* childporn* *kinderpornograf* *kinderpornograph* *missbrauchsdarstell*
        pedo* paedo* lolicon shotacon *kindesmissbrauch* *jugendporn*
    """,
    "weapon": """
        bioweapon* *bioweapon* sarin vx novichok anthrax ricin smallpox explosive explosives bomb
        bombs ied pipebomb* grenade* molotov* firebomb* napalm thermite tnt detonator* gun guns
        firearm* silencer* suppressor* ammunition ammo weapon weapons pathogen* toxin* tabun botulinum
        petn rdx nitroglycerin* c4 tatp warhead* *biowaffe* *chemiewaffe* *kampfstoff* *sprengstoff*
        *bombe* *sprengsatz* *sprengsätze* *nervengas* *nervengift* *giftgas* *krankheitserreger*
        erreger *waffe* *rohrbomb* *brandsatz* *schusswaffe* *pistole* *milzbrand* rizin *pocken*
        *granate* *molotowcocktail* *zünder* *toxin* chlorgas senfgas phosgen* mustardgas
        plague pest superbug *killervirus* dirtybomb ghostgun* poison gas uranium uran plutonium
        nuke nukes *atombombe* mine mines landmine* flamethrower *pestizidwaffe* poisons gift
        gifte
    """,
    "agent": "nerve chemical biological bio radiological nuclear mustard gain chemisch* biologisch*",
    "agents": """
        agent agents weapon weapons gas attack attacks warfare waffe waffen kampfstoff* function
        pathogen threat
    """,
    "deadlier": """
        spread spreads spreading pandemic jump
        transmissib* contagious deadlier deadly lethal virulen* infectious airborne übertragbar*
        tödlich* ansteckend* ansteckender virulent* vaccine-resistant
    """,
    "bug": "virus viruses pathogen* flu influenza h5n1 bacteria* strain erreger* grippe* viren keim*",
    "dox": """
        dox doxx doxxing doxing doxe doxen doxxe doxxen stalk stalking stalke stalken deanonymi*
        deanonymisier* unmask* enttarn* doxxt gedoxxt swat swatting outen
    """,
    "track": """
        track tracking locate locating find finding follow following identify identifying trace
        tracing spy spying discover uncover surveil* monitor monitoring geolocat* figure expose
        reveal look get search dig scrape scraping collect compile what know learn out pinpoint
        where give show tell lookup
        finde finden find such* ort* orten geortet verfolg* ausspion* auszuspion* ausspähen
        auszuspähen überwach* herausfind* herausbekomm* herauszufind* herauszubekomm* rausfind*
        rauszufind* rauskrieg* ermittel* identifizier* enttarn* besorg* aufspür* aufzuspür*
        bespitzel* beschatt* lokalisier* sammel* sammle zusammentrag* gib zeig* sag bekomm* krieg*
        ausfindig wo
    """,
    "whereabouts": """
        address addresses whereabouts location home homeaddress lives live residence hideout
        workplace phone number identity realname movements house school phonenumber gps hangs
        routine commute dossier personal surname employer stays instagram facebook profile profiles socials handle tiktok linkedin
        adresse* *wohnort* *privatadresse* *wohnadresse* wohnt wohnen standort* aufenthaltsort*
        *handynummer* *telefonnummer* identität klarnam* *klarname* arbeitsplatz arbeitet aufhält
        *heimadresse* anschrift *tagesablauf* privatleben lebt *kennzeichen* *nachname*
    """,
    "someone": """
        someone somebody person persons man woman guy girl boy wife husband ex girlfriend boyfriend
        partner spouse mother father neighbor neighbour boss colleague coworker classmate classmates
        teacher student roommate celebrity celebrities actress actor singer politician politicians
        president chancellor candidate senator journalist journalists streamer streamers influencer*
        cop user users moderator mod she he her him his their them critic critics whistleblower*
        stranger strangers activist* crush landlord daughter sister brother minister governor mayor
        opponent friend friends coworkers mp mom dad mum stepmom employee author blogger admin
        player redditor poster victim people persons mother-in-law judge taylor swift trump biden
        merkel scholz merz musk obama putin
        jemand* person frau mann freund* exfreund* exfrau exmann *exfreund* mitschüler* kolleg*
        lehrer* nachbar* chef chefin mutter vater oma schwester bruder promi* prominent* politiker*
        kandidat* journalist* schauspieler* kanzler* bundeskanzler* *minister* bürgermeister* sie
        ihn ihr ihm ihre ihren ihrer typ typen kerl* kommilitone* kommilitonin nutzer* streamerin youtuber*
        sänger* mitbewohner* kritiker* aktivist* sängerin vermieter* klassenkamerad* abgeordnete*
        präsident* frauen leute
    """,
    "moderation": """
        moderation moderator* automod detection detector* detectors spamfilter* captcha* watermark*
        c2pa ageverification plagiar* turnitin gptzero ban bans antivirus edr scanner scanners
        classifier* synthid provenance ageverification contentcredentials kyc verification
        fingerprint* blocklist* blacklist* contentfilter
        *moderation* *wasserzeichen* *spamfilter* *inhaltsfilter* *erkennung* *virenscanner*
        *sperre* altersverifi* *alterskontroll* *altersprüf* *plagiat* *herkunftsnachweis*
        *kennzeichnung* *wortfilter* *detektor* *uploadfilter* *automod* *blockade* *kontosperr*
    """,
    "platform": """
        discord* moderation spam automod youtube* reddit* twitter* instagram* facebook* tiktok*
        upload word profanity content chat platform* server server's servers twitch* school parental
        jugendschutz* wort inhalt* plattform* jugendschutzfilter
    """,
    "screen": "filter filters moderation mods rules ban filters' blocks sperre sperren filtern",
    "blast": "blowup bomb bombing explod* detonat* spreng* sprenge torch burn arson",
    "place": """
        house school stadium concert hospital building church mosque synagogue airport train station
        office embassy bridge dam mall haus schule krankenhaus bahnhof moschee synagoge kirche
        flughafen gebäude rathaus stadion
    """,
    "weights": """
        weights checkpoint checkpoints model models gewichte* *modellgewicht* modell modelle
        safetensors *gewichte* sourcecode
    """,
    "take": """
        steal steals stealing exfiltrat* leak leaking leaks smuggl* pirat* swip* rob heist stehlen
        stehle stiehl klau* entwend* abgreif* abzugreif* abzieh* leake leaken herausschmuggel*
        rausschmuggel* raubkop* erbeut* kopiere unbemerkt* siphon* extract leaked geleakt*
        geklaut* gestohlen* stolen exfiltrier*
    """,
    "copyout": """
        copy copying move transfer download get take bring smuggl* kopier* mitnehm* mitzunehm* ziehen
        herausbring* rausbring* herunterlad* runterlad* abzieh*
    """,
    "guarded": """
        openai anthropic google deepmind mistral meta microsoft xai company company's proprietary
        closed employer employer's lab lab's frontier internal server servers cluster firma
        arbeitgeber* labor geschlossen* proprietär* konkurrent* competitor* competitor's their
        openai's anthropic's rival's google's employers secret interne* gpt* claude* gemini* leaked
        geleakt* gestohlen* stolen chef* weights gewichte* *modellgewicht*
    """,
    "kill": """
        kill killing murder murdering slay assassinat* strangl* chok* stab stabbing shoot shooting
        poison poisoning behead* tortur* kidnap* abduct* rape raping execut* eradicat* exterminat*
        throttl* maim* beatup smash smashing gut rough punch blind* drown drowning snipe hurt
        harm attack attacking wipe euthani* eliminat* terminat* injur* lynch* annihilat* massacr* bomb
        bombing blowup slaughter* punish decapitat* hunt sniping crush behead disembowel*
        töte töten umbring* umzubring* ermord* vergift* erschieß* erstech* erwürg* entführ*
        folter* verletz* vergewaltig* verprügel* beseitig* zusammenschlag* angreif* ausrott*
    """,
    "human": """
        someone somebody person people man woman wife husband ex girlfriend boyfriend partner spouse
        mother father neighbor neighbour boss colleague coworker classmate teacher cop cops human
        humans humanity immigrants jews muslims christians spouse's someone's somebody's grandparent
        president politician politicians police officer crowd them him her homeless gays women
        children girl roommate mankind minorities refugees
        jemand* menschen person frau mann freund* freundin ex nachbar* chef* lehrer* kolleg* mutter
        vater polizist* politiker* menschheit ausländer* juden muslime flüchtlinge* ihn ihr
        ehefrau ehemann exfrau mitschüler* leute
    """,
    "crime": """
        murder arson rape fraud robbery theft massacre genocide terrorism crime crimes burglary
        kidnapping assault homicide treason shoplifting shooting death attacks assassination
        assassination's attack bombing explosion
        mord brandstiftung vergewaltigung raub raubüberfall diebstahl massaker völkermord
        anschlag attentat terroranschlag einbruch bankraub amoklauf
    """,
    "drug": """
        meth methamphetamine cocaine lsd heroin ecstasy mdma fentanyl weed ketamine ghb crystal
        amphetamin* kokain crack speed drogen drugs marihuana dmt opioids
    """,
    "loot": """
        house bank banks vault home car cars safe apartment building store shop atm jewelry identity
        museum creditcard haus wohnung bank auto tresor laden geldautomat* safe
    """,
    "game": """
        game games gaming gta minecraft fortnite chess checkers movie film novel fiction book play
        dnd rpg roblox skyrim sims battlefield videogame* cod valorant baseball football boardgame
        spiel spielen computerspiel* videospiel* schach roman buch theaterstück filmszene
    """,
    "swindle": """
        scam scamming phish phishing defraud* swindl* con catfish* blackmail* extort* impersonat*
        sextort* cheat cheating betrüg* abzock* erpress* ausnehm* auszunehm* reinleg* reinzuleg*
        ausgeb* auszugeb* rip phisht scamme scammen
    """,
    "cloning": """
        clone clones cloning imitat* mimic* fake faking copy copying replicat* reproduc* impersonat*
        swap swapping put paste pasting montier* klon* nachahm* nachzuahm* imitier* fälsch* kopier*
        nachmach* nachzumach* setz setzen tausch* einsetz* einzusetz* synthesi* deepfak* generate
    """,
    "undress": "undress* nudif* deepnude* ausziehen auszieh* auszuzieh* ausgezogen entkleid*",
    "follow": """
        stalk stalking track tracking spy spying surveil* dox doxx doxxing doxing doxxen doxen
        deanonymi* unmask* locate locating swat hunt
        stalk* verfolg* orten ort orte ausspion* auszuspion* ausspäh* bespitzel* beschatt* lokalisier*
        aufspür* aufzuspür* spionier* enttarn* identifizier*
    """,
    "getpast": "bypass pass passes passing past vorbei vorbeischleus* vorbeizuschleus* vorbeikomm*",
    "stolen": "stolen leaked pirated geleakt* gestohlen* geklaut* raubkopiert*",
    "commit": """
        commit committing engage engaging plan planning perpetrat* execut* pull away carry organi?e begeh* verüb*
        plan* durchführ* durchzuführ* repeat replicate recreate
    """,
    "rob": """
        rob robbing steal stealing burgl* breakinto loot looting hotwire torch ausraub* auszuraub*
        einbrech* einzubrech* stehl* klau* knack* launder* counterfeit* disable
    """,
    "pronoun": "it them that those this one sie es diese das eins eine dies dieses so",
    "steps": """
        stepwise step-by-step anleitung* bauanleitung* exact exactly precise precisely detailed
        verbatim copy-paste genau* detailliert* konkret* ingredients zutaten instructions
        walkthrough
    """,
}

# words long enough that one slip in them is forgiven
TYPED_WRONG = """
    safeguards guardrails jailbreak jailbreaking ransomware phishing keylogger deepfake deepfakes
    uncensored disinformation misinformation propaganda bioweapon explosives refusals
    undetected undetectable moderation watermark schadsoftware sicherheitsfilter schutzmaßnahmen
    sprengstoff biowaffe chemiewaffe desinformation betrugsmasche nacktbilder unzensiert
    unzensierte wasserzeichen kinderpornografie exfiltrate restrictions zugangsdaten
    entfernen umgehen ausschalten bypassing credentials passwörter password
"""
