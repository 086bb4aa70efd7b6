//! The papers, in our own words.

pub const JUDGMENT_1894: &str = "\
CONSEIL DE GUERRE

Jugement du 22 décembre 1894

Au nom du peuple français, le premier conseil de guerre du gouvernement militaire de Paris déclare à l’unanimité Alfred Dreyfus coupable \
d’intelligences avec une puissance étrangère et le condamne à la peine de la déportation dans une enceinte fortifiée et à la dégradation.

Le condamné est averti qu’il peut former un recours en révision dans les vingt-quatre heures.

Mention : Le 31 décembre, le conseil permanent de révision rejette le recours formé contre ce jugement.
";

pub const LETTER: &str = "\
Paris, 14 January 1898

To the President of the Republic and to the Minister of Justice

Sirs,

We ask to be heard. After the court-martial of Paris on 11 January 1898 acquitted Esterhazy, nobody seeks any longer who wrote the paper \
for which another man has been held for three years on an island.

On 13 January Émile Zola published a letter to the President of the Republic in L’Aurore. According to Zola, secret papers may have been \
shown to the judges in the absence of the defence, as appears from the report of the prosecution.

We, the undersigned, ask you to order the revision of the judgment of 1894.

Émile Zola, writer
Prof. Émile Duclaux, Director of the Institut Pasteur, Paris
Anatole France, writer, member of the Académie française
Lucien Herr, librarian of the École normale supérieure, Paris
La Revue blanche, Paris
";

pub const RULING_1899: &str = "\
COUR DE CASSATION
Toutes chambres réunies — audience publique du 3 juin 1899

Attendu que le condamné, dégradé en janvier 1895 dans la cour de l’École militaire, subit sa peine ; que, le 27 septembre 1898, le garde \
des sceaux saisit la Cour d’une demande en révision ;

La Cour de cassation, toutes chambres réunies, casse et annule le jugement rendu le 22 décembre 1894 par le premier conseil de guerre du \
gouvernement militaire de Paris et renvoie l’accusé devant le conseil de guerre de Rennes, à ce désigné.
";

pub const PARDON: &str = "\
# The pardon

The Court of Cassation had annulled the judgment of the court-martial of Paris. Sent before the court-martial of Rennes, on 9 September \
1899 Captain Dreyfus was convicted again, with extenuating circumstances, by five votes to two; an appeal had to be lodged within three \
days of service.

On 19 September 1899 Émile Loubet, President of the Republic, pardoned Captain Dreyfus. It does not touch the judgment.
";

pub const RULING_1906: &str = "\
COUR DE CASSATION
Audience solennelle du 12 juillet 1906

Vu la loi du 8 juin 1895 sur la révision des procès criminels ; vu l’arrêt publié au Bull. crim. 1899 ;

La Cour de cassation, saisie en 1903 d’une demande en révision du jugement de Rennes, toutes chambres réunies, annule le jugement du \
conseil de guerre de Rennes qui, le 9 septembre 1899, a condamné Alfred Dreyfus ; dit que c’est par erreur et à tort que cette \
condamnation a été prononcée ;

Ordonne l’affichage du présent arrêt à Paris et à Rennes dans le délai d’un mois.
";

pub const FIGARO: &str = "\
Paris, 13 July 1906. On 12 July 1906 the Court of Cassation annulled the judgment of Rennes. Captain Dreyfuss heard the ruling at home. \
Dreyfus has always denied that he had written the bordereau of 1894.

The government tabled this morning in the Chamber of Deputies a bill that would reinstate him as a major. General Mercier said in the \
Senate that his conviction has not changed.
";

pub const GAZETTE: &str = "\
Дело Дрейфуса

13 июля 1906 года Кассационный суд отменил приговор военного суда в Ренне от 9 сентября 1899 года, вынесенный шестью голосами против \
одного. Альфред Дрейфус признан невиновным; по сообщениям парижских газет, решение было встречено аплодисментами.

Палата депутатов рассмотрит законопроект о возвращении Альфреда Дрейфуса на службу. Эстерхази остаётся в Англии.
";
