// Short names of common emoji, for `:name`, its completion, and reactions. A table, and the looking up
// in it.

export interface NamedEmoji {
  readonly name: string;
  readonly emoji: string;
}

/** Pairs of name and emoji, grouped for the person who adds to them. */
const faces = `
smile 😄 smiley 😃 grin 😁 grinning 😀 laughing 😆 sweat_smile 😅 joy 😂 rofl 🤣 blush 😊 innocent 😇
slight_smile 🙂 upside_down 🙃 wink 😉 relieved 😌 heart_eyes 😍 smiling_hearts 🥰 kiss 😘 kissing 😗
yum 😋 tongue 😛 tongue_wink 😜 zany 🤪 money_face 🤑 hug 🤗 thinking 🤔 shush 🤫 giggle 🤭 zipper 🤐
eyebrow 🤨 neutral 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒 eye_roll 🙄 grimace 😬
lying 🤥 pensive 😔 sleepy 😪 drool 🤤 sleeping 😴 mask 😷 thermometer_face 🤒 bandage_face 🤕
nauseated 🤢 vomit 🤮 sneeze 🤧 hot_face 🥵 cold_face 🥶 woozy 🥴 dizzy_face 😵 mind_blown 🤯 cowboy 🤠
party 🥳 sunglasses 😎 nerd 🤓 monocle 🧐 confused 😕 worried 😟 frown 🙁 open_mouth 😮 hushed 😯
astonished 😲 flushed 😳 pleading 🥺 anguished 😧 fearful 😨 anxious 😰 sad_relief 😥 cry 😢 sob 😭
scream 😱 confounded 😖 persevere 😣 disappointed 😞 sweat 😓 weary 😩 tired 😫 yawn 🥱 triumph 😤
rage 😡 angry 😠 cursing 🤬 devil 😈 imp 👿 skull 💀 poop 💩 clown 🤡 ogre 👹 goblin 👺 ghost 👻
alien 👽 robot 🤖 salute 🫡 melting 🫠 peeking 🫣 holding_tears 🥹 shaking 🫨 dotted_face 🫥
smile_cat 😸 joy_cat 😹 heart_cat 😻 cry_cat 😿 pouting_cat 😾 see_no_evil 🙈 hear_no_evil 🙉
speak_no_evil 🙊`;

const gestures = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 pinch 🤏 victory ✌️ fingers_crossed 🤞 love_you 🤟
rock_on 🤘 call_me 🤙 point_left 👈 point_right 👉 point_up 👆 point_down 👇 raised_hand ✋ wave 👋
vulcan 🖖 fist ✊ punch 👊 clap 👏 raised_hands 🙌 open_hands 👐 palms_up 🤲 handshake 🤝 pray 🙏
writing_hand ✍️ muscle 💪 heart_hands 🫶 ear 👂 nose 👃 brain 🧠 eyes 👀 eye 👁️ lips 👄 baby 👶
child 🧒 person 🧑 man 👨 woman 👩 older_person 🧓 shrug 🤷 facepalm 🤦 bow 🙇 no_good 🙅 ok_person 🙆
raising_hand 🙋 running 🏃 walking 🚶 dancer 💃 technologist 🧑‍💻 family 👪 ninja 🥷 detective 🕵️
astronaut 🧑‍🚀 firefighter 🧑‍🚒 teacher 🧑‍🏫 cook 🧑‍🍳 footprints 👣`;

const hearts = `
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤
white_heart 🤍 brown_heart 🤎 pink_heart 🩷 broken_heart 💔 two_hearts 💕 sparkling_heart 💖
growing_heart 💗 heartbeat 💓 cupid 💘 gift_heart 💝 heart_on_fire ❤️‍🔥 100 💯 anger 💢 boom 💥
dizzy 💫 sweat_drops 💦 dash 💨 hole 🕳️ bomb 💣 speech 💬 thought 💭 zzz 💤 fire 🔥 star ⭐ star2 🌟
sparkles ✨ zap ⚡ tada 🎉 confetti 🎊 balloon 🎈 gift 🎁 ribbon 🎀 trophy 🏆 medal 🏅 first_place 🥇
second_place 🥈 third_place 🥉 crown 👑 gem 💎 ring 💍`;

const nature = `
dog 🐶 cat 🐱 mouse 🐭 hamster 🐹 rabbit 🐰 fox 🦊 bear 🐻 panda 🐼 koala 🐨 tiger 🐯 lion 🦁 cow 🐮
pig 🐷 frog 🐸 monkey 🐒 chicken 🐔 penguin 🐧 bird 🐦 chick 🐤 duck 🦆 eagle 🦅 owl 🦉 bat 🦇 wolf 🐺
horse 🐴 unicorn 🦄 bee 🐝 bug 🐛 butterfly 🦋 snail 🐌 ladybug 🐞 ant 🐜 spider 🕷️ turtle 🐢 snake 🐍
dinosaur 🦕 octopus 🐙 squid 🦑 crab 🦀 shrimp 🦐 fish 🐟 dolphin 🐬 whale 🐳 shark 🦈 elephant 🐘
giraffe 🦒 kangaroo 🦘 sheep 🐑 goat 🐐 sloth 🦥 otter 🦦 hedgehog 🦔 paw 🐾 dragon 🐉 cactus 🌵
tree 🌳 evergreen 🌲 palm 🌴 seedling 🌱 herb 🌿 clover 🍀 leaves 🍃 maple 🍁 mushroom 🍄 tulip 🌷
rose 🌹 sunflower 🌻 blossom 🌼 cherry_blossom 🌸 bouquet 💐 earth 🌍 moon 🌙 full_moon 🌕 sun ☀️
cloud ☁️ rain 🌧️ storm ⛈️ snow 🌨️ snowflake ❄️ snowman ⛄ rainbow 🌈 umbrella ☔ ocean 🌊 droplet 💧
volcano 🌋 mountain ⛰️`;

const food = `
apple 🍎 pear 🍐 orange 🍊 lemon 🍋 banana 🍌 watermelon 🍉 grapes 🍇 strawberry 🍓 cherries 🍒
peach 🍑 pineapple 🍍 coconut 🥥 kiwi 🥝 tomato 🍅 avocado 🥑 eggplant 🍆 potato 🥔 carrot 🥕 corn 🌽
pepper 🌶️ cucumber 🥒 garlic 🧄 onion 🧅 bread 🍞 croissant 🥐 bagel 🥯 pancakes 🥞 cheese 🧀 egg 🥚
bacon 🥓 burger 🍔 fries 🍟 pizza 🍕 hotdog 🌭 sandwich 🥪 taco 🌮 burrito 🌯 salad 🥗 soup 🍲
ramen 🍜 spaghetti 🍝 sushi 🍣 bento 🍱 dumpling 🥟 rice 🍚 curry 🍛 rice_ball 🍙 ice_cream 🍨
doughnut 🍩 cookie 🍪 cake 🍰 birthday 🎂 cupcake 🧁 pie 🥧 chocolate 🍫 candy 🍬 lollipop 🍭 honey 🍯
popcorn 🍿 milk 🥛 coffee ☕ tea 🍵 sake 🍶 champagne 🍾 wine 🍷 cocktail 🍸 beer 🍺 beers 🍻 juice 🧃
chopsticks 🥢 fork_knife 🍴 spoon 🥄 salt 🧂`;

const things = `
rocket 🚀 airplane ✈️ car 🚗 taxi 🚕 bus 🚌 train 🚆 metro 🚇 bike 🚲 scooter 🛴 ship 🚢 boat ⛵
helicopter 🚁 ufo 🛸 satellite 🛰️ fuel ⛽ traffic_light 🚦 construction 🚧 anchor ⚓ house 🏠
office 🏢 hospital 🏥 school 🏫 factory 🏭 castle 🏰 tent ⛺ city 🏙️ bridge 🌉 map 🗺️ compass 🧭
watch ⌚ phone 📱 computer 💻 desktop 🖥️ keyboard ⌨️ printer 🖨️ floppy 💾 cd 💿 camera 📷 video 📹
tv 📺 radio 📻 mic 🎤 headphones 🎧 bulb 💡 flashlight 🔦 candle 🕯️ plug 🔌 battery 🔋 money 💰
dollar 💵 credit_card 💳 hammer 🔨 wrench 🔧 screwdriver 🪛 gear ⚙️ toolbox 🧰 magnet 🧲 link 🔗
lock 🔒 unlock 🔓 key 🔑 shield 🛡️ package 📦 mailbox 📫 email 📧 inbox 📥 outbox 📤 memo 📝 pencil ✏️
pen 🖊️ book 📖 books 📚 notebook 📓 newspaper 📰 bookmark 🔖 calendar 📅 clipboard 📋 pushpin 📌
paperclip 📎 scissors ✂️ ruler 📏 folder 📁 trash 🗑️ chart 📊 chart_up 📈 chart_down 📉 search 🔍
microscope 🔬 telescope 🔭 test_tube 🧪 dna 🧬 pill 💊 syringe 💉 bell 🔔 no_bell 🔕 megaphone 📣
hourglass ⏳ alarm ⏰ stopwatch ⏱️ soccer ⚽ basketball 🏀 football 🏈 baseball ⚾ tennis 🎾 golf ⛳
ski 🎿 chess ♟️ dart 🎯 dice 🎲 game 🎮 puzzle 🧩 art 🎨 music 🎵 notes 🎶 guitar 🎸 piano 🎹 drum 🥁
trumpet 🎺 violin 🎻 movie 🎬 ticket 🎫 broom 🧹 soap 🧼 bandage 🩹`;

const signs = `
check ✅ x ❌ warning ⚠️ no_entry ⛔ forbidden 🚫 question ❓ exclamation ❗ bangbang ‼️ plus ➕ minus ➖
recycle ♻️ infinity ♾️ tm ™️ copyright ©️ up ⬆️ down ⬇️ left ⬅️ right ➡️ back 🔙 soon 🔜 top 🔝 new 🆕
free 🆓 cool 🆒 ok 🆗 sos 🆘 red_circle 🔴 orange_circle 🟠 yellow_circle 🟡 green_circle 🟢
blue_circle 🔵 purple_circle 🟣 black_circle ⚫ white_circle ⚪ red_square 🟥 green_square 🟩
blue_square 🟦 play ▶️ pause ⏸️ stop ⏹️ repeat 🔁 mute 🔇 loud 🔊 zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣
four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ ten 🔟 hash #️⃣ peace ☮️ yin_yang ☯️ white_flag 🏳️
black_flag 🏴 checkered_flag 🏁 triangular_flag 🚩 rainbow_flag 🏳️‍🌈 pirate_flag 🏴‍☠️ kr 🇰🇷 jp 🇯🇵
cn 🇨🇳 us 🇺🇸 gb 🇬🇧 de 🇩🇪 fr 🇫🇷 es 🇪🇸 it 🇮🇹 in 🇮🇳 br 🇧🇷 ca 🇨🇦 au 🇦🇺 ua 🇺🇦 eu 🇪🇺`;

function pairsOf(group: string): NamedEmoji[] {
  const words = group.trim().split(/\s+/);
  return words.flatMap((name, at) => {
    const emoji = words[at + 1];
    return at % 2 === 0 && emoji !== undefined ? [{ name, emoji }] : [];
  });
}

/** All of them, in the order of the groups. */
export const emojiNames: readonly NamedEmoji[] = [
  ...pairsOf(faces),
  ...pairsOf(gestures),
  ...pairsOf(hearts),
  ...pairsOf(nature),
  ...pairsOf(food),
  ...pairsOf(things),
  ...pairsOf(signs),
];

/** Those whose name begins with `prefix`, without its colon, in any case. */
export function emojiNamed(prefix: string): NamedEmoji[] {
  const wanted = prefix.toLowerCase();
  return emojiNames.filter(({ name }) => name.startsWith(wanted));
}
