System.Console.WriteLine("vml");
